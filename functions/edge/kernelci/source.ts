import type { Source } from "../http/source.ts";
import { detailed } from "./http/answers.ts";
import { kernelciRoutes } from "./routes.ts";
import { submitError } from "./submissions/submit-answers.ts";
import { submitIndex } from "./submissions/submit-routes.ts";
import { SUBMITTER_SCHEME } from "./submissions/submitter.ts";

/** KernelCI: the dashboard's API, and the service that takes submissions (contract part 01). */
export const kernelci: Source = {
  name: "kernelci",
  listing: "/",
  mounts: [
    { path: "/kernelci", routes: kernelciRoutes },
    // The index page's address ends in a slash.
    { path: "/kernelci/", routes: submitIndex },
  ],
  receipts: ["/kernelci/submit"],
  securitySchemes: {
    [SUBMITTER_SCHEME]:
      "a JSON Web Token signed with KERNELCI_JWT_SECRET; with KERNELCI_UNSIGNED and no secret none is needed",
  },
  tooManyRequests: (c, message) =>
    c.req.path.startsWith("/kernelci/api") ? detailed(c, 429, message) : submitError(c, 429, message),
};

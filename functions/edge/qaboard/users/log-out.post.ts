import { anyone } from "../../http/admin.ts";
import { defineRoute } from "../../http/route.ts";
import { Done, jsonResponse } from "../http/responses.ts";
import { endSession } from "../http/session.ts";

/** Ends the session, if there is one (contract section 10). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/user/logout/",
    operationId: "logOutQaboardUser",
    summary: "Log out",
    tags: ["QA-Board users"],
    responses: { 200: jsonResponse("nobody is logged in now", Done) },
  },
  access: anyone,
  handler: async (c) => {
    endSession(c);
    return c.json({ status: "OK" as const }, 200);
  },
});

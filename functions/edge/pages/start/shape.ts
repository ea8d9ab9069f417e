import { z } from "@hono/zod-openapi";

const settings = z.array(z.string()).openapi({ description: "what to set in the source's clients, a line each" });
const Newest = z.object({
  place: z.string().nullable().openapi({ description: "repository, tree, project or benchmark" }),
  name: z.string().nullable().openapi({ description: "workflow, commit name, batch or site" }),
  sha: z.string().nullable().openapi({ description: "commit; null where none is named" }),
  time: z.string().nullable().openapi({ description: "when it was made or received" }),
});
const Received = z.union([
  z.object({ access: z.literal("granted"), newest: z.array(Newest) }),
  z.object({ access: z.literal("token needed") }),
]);

/** What `/` says. */
export const Start = z
  .object({
    release: z.string(),
    reference: z.string().openapi({ description: "API reference as a page" }),
    document: z.string().openapi({ description: "API reference as OpenAPI 3.1" }),
    commits: z.string().openapi({ description: "template of the address of a commit's page" }),
    clients: z.object({
      github: z.object({ webhook: z.string(), settings }),
      kernelci: z.object({ submit: z.string(), settings }),
      qaboard: z.object({ api: z.string(), settings }),
      eosc_perf: z.object({ api: z.string(), settings }),
    }),
    received: z
      .object({ github: Received, kernelci: Received, qaboard: Received, eosc_perf: Received })
      .openapi({ description: "the newest of each source that the caller may see" }),
  })
  .openapi("Start");
export type Start = z.infer<typeof Start>;

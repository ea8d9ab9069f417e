import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listSubscriptions } from "../../../../db/queries/kernelci/notifications/subscriptions.ts";
import type { Env } from "../../env.ts";
import { ADMIN_SCHEME, isAdmin } from "../../http/admin.ts";
import { answerResponse, submitError } from "../submissions/submit-answers.ts";

const recipients = z.array(z.string()).openapi({ description: "addresses, or `Name <address>`" });
const file = z.string().openapi({ description: "the file that says so" });

const Report = z.object({
  label: z.string().openapi({ description: "the file's name for it; empty where it gave none" }),
  branch: z.string(),
  origin: z.string(),
  always: z.boolean().openapi({ description: "sent although nothing changed" }),
  path: z.array(z.string()).openapi({ description: "SQL LIKE patterns of test paths; empty: all tests" }),
  recipients,
  ignore_default_recipients: z.boolean().openapi({ description: "goes to its own recipients alone" }),
});

const Subscriptions = z
  .object({
    trees: z.array(
      z.object({
        file,
        name: z.string(),
        url: z.string().openapi({ description: "the repository" }),
        default_recipients: recipients,
        reports: z.array(Report),
      }),
    ),
    hardware: z.array(
      z.object({
        file,
        platform: z.string(),
        origin: z.string(),
        labs: z.record(z.string(), z.string()).openapi({ description: "addresses of labs by their names" }),
        default_recipients: recipients,
      }),
    ),
  })
  .openapi("KernelciSubscriptions");

/** Contract part 09, subscription files. */
export const route = createRoute({
  method: "get",
  path: "/subscriptions",
  operationId: "listKernelciSubscriptions",
  summary: "List who subscribed to which reports",
  description:
    "As `npm run kernelci:subscriptions` loaded them. They hold addresses of people, so only admins see them.",
  tags: ["KernelCI submissions"],
  security: [{ [ADMIN_SCHEME]: [] }],
  responses: {
    200: { description: "all of them", content: { "application/json": { schema: Subscriptions } } },
    401: answerResponse("no admin token"),
    503: answerResponse("the database does not answer"),
  },
});

/** Answers with all subscriptions. */
export async function handler(c: Context<Env>): Promise<Response> {
  if (!isAdmin(c)) {
    c.header("www-authenticate", 'Bearer realm="runledger"');
    return submitError(c, 401, "This route needs an admin token");
  }
  c.header("cache-control", "no-store");
  return c.json(await listSubscriptions(c.env.db), 200);
}

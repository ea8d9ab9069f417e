import { z } from "@hono/zod-openapi";
import { readBody } from "../../http/read-body.ts";
import { defineRoute } from "../../http/route.ts";
import { takeDelivery } from "../../receipt.ts";
import { user } from "../http/access.ts";
import { refusal, refusedFor } from "../http/errors.ts";
import { accepted } from "../http/outcomes.ts";
import { REFUSALS, TOKEN } from "../http/responses.ts";

const LIMIT_BYTES = 25 * 1024 * 1024;
const NEWLINE = 0x0a;

/** Takes a batch; its first line then says who sent it. Not of the original: many uploads at once, by way of the queue. */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/results:batch",
    operationId: "CreateResults",
    summary: "Upload many results",
    description:
      "For registered users. A line for each result, of 10,000 at most: `execution_datetime`, `benchmark_id`, `flavor_id`, `tags_ids` (optional) and the document as `json`, under the same rules as for a single upload. All are stored or none; `Location` tells what became of them, with the reasons by line. The same `Idempotency-Key` of the same user is stored once.",
    tags: ["EOSC-Perf results"],
    security: TOKEN,
    request: {
      headers: z.object({
        "idempotency-key": z
          .string()
          .max(200)
          .optional()
          .openapi({ description: "name of this batch, for sending it again" }),
      }),
      body: { required: true, content: { "application/x-ndjson": { schema: z.string() } } },
    },
    responses: {
      202: { description: "durably taken", headers: z.object({ location: z.string() }) },
      ...REFUSALS.malformed,
      ...REFUSALS.secured,
      ...REFUSALS.invalid,
      ...REFUSALS.busy,
    },
  },
  access: user,
  handler: async (c, { caller: { sub, iss } }) => {
    const body = await readBody(c.req.raw, LIMIT_BYTES);
    if (!body.ok) throw refusal(body.status);
    if (body.bytes.length === 0) throw refusedFor(422, "There are no results");
    const name = c.req.header("idempotency-key") ?? crypto.randomUUID();
    const head = new TextEncoder().encode(JSON.stringify({ sub, iss }));
    const bytes = new Uint8Array(head.length + 1 + body.bytes.length);
    bytes.set(head);
    bytes[head.length] = NEWLINE;
    bytes.set(body.bytes, head.length + 1);
    const receipt = await takeDelivery(c, {
      source: "eosc-perf",
      kind: "results",
      key: await sumOf(JSON.stringify([iss, sub, name])),
      event: "results:batch",
      contentType: "application/x-ndjson",
      bytes,
    });
    if (!receipt.taken) throw refusal(503);
    return accepted(c, receipt.location);
  },
});

async function sumOf(text: string): Promise<string> {
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

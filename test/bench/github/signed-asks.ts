import { createHmac, randomUUID } from "node:crypto";
import * as z from "zod";
import type { Stack } from "../../../dev/stack.ts";
import type { Ask } from "../asks.ts";
import type { Target } from "../load.ts";
import { mixedDelivery } from "./deliveries.ts";

const Given = z.object({
  url: z.url(),
  secret: z.string(),
  repoId: z.int(),
  first: z.int().describe("number of the first delivery of the mix"),
  distinct: z.int().positive().describe("deliveries made beforehand; each is sent under a new id every time"),
});

/** Deliveries of the mix to a stack's webhook, made and signed in the process that sends them. */
export function signedDeliveries(stack: Stack, mix: { repoId: number; first: number; distinct: number }): Target {
  const given = { url: `${stack.edgeUrl}/github/webhook`, secret: stack.githubSecret, ...mix };
  return { kind: "deliver", maker: import.meta.filename, given } satisfies Target & { given: z.infer<typeof Given> };
}

/** The signed requests; called by the load generator's process. */
export function asksOf(given: unknown): Ask[] {
  const { url, secret, repoId, first, distinct } = Given.parse(given);
  return Array.from({ length: distinct }, (_, i) => {
    const { event, body } = mixedDelivery(repoId, first + i);
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "content-length": body.byteLength,
      "x-github-event": event,
      "x-hub-signature-256": `sha256=${signature}`,
    };
    return { url, headers, body, fresh: () => ({ "x-github-delivery": randomUUID() }) };
  });
}

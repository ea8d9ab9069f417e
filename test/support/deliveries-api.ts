import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { expect, inject, vi } from "vitest";
import * as z from "zod";
import { bearer } from "./own-edge.ts";

/** A delivery as `GET /deliveries/{id}` answers; nothing else may be in it. */
export const DeliveryBody = z.strictObject({
  id: z.uuid(),
  status: z.enum(["accepted", "done", "rejected", "dead"]),
  source: z.string().optional(),
  kind: z.string().optional(),
  key: z.string().optional(),
  event: z.string().optional(),
  outcome: z.enum(["applied", "ignored"]).optional(),
  reason: z.string().optional(),
  received_at: z.iso.datetime({ precision: 3 }),
  stored_at: z.iso.datetime({ precision: 3 }).optional(),
  refused_at: z.iso.datetime({ precision: 3 }).optional(),
  content_type: z.string().optional(),
  size_bytes: z.int().optional(),
  replaced: z.int().positive().optional(),
  receives: z.int().optional(),
  replays: z.int().optional(),
  links: z.strictObject({ self: z.string(), stored: z.string().optional(), repeats: z.string().optional() }),
});
export type DeliveryBody = z.infer<typeof DeliveryBody>;

/** The path a receipt's Location names. */
export function locationOf(answer: Response): string {
  return z
    .string()
    .regex(/^\/deliveries\/[0-9a-f-]{36}\.[0-9a-f]{32}$/)
    .parse(answer.headers.get("location"));
}

/** One look at a delivery. */
export async function look(path: string, edgeUrl = inject("stack").edgeUrl): Promise<DeliveryBody> {
  const answer = await fetch(edgeUrl + path);
  expect(answer.status).toBe(200);
  return DeliveryBody.parse(await answer.json());
}

/** Looks until a delivery has come to an end. */
export async function untilSettled(path: string, edgeUrl = inject("stack").edgeUrl): Promise<DeliveryBody> {
  const ended = async () => {
    const delivery = await look(path, edgeUrl);
    if (delivery.status === "accepted") throw new Error(`still accepted: ${JSON.stringify(delivery)}`);
    return delivery;
  };
  return await vi.waitFor(ended, { timeout: 20_000, interval: 50 });
}

const DeliveryPage = z.strictObject({ deliveries: z.array(DeliveryBody), next: z.string().nullable() });

/** One page of `GET /deliveries`. */
export async function list(query: string, edgeUrl = inject("stack").edgeUrl, token = inject("stack").adminToken) {
  const answer = await fetch(`${edgeUrl}/deliveries?${query}`, { headers: bearer(token) });
  expect([query, answer.status]).toEqual([query, 200]);
  return DeliveryPage.parse(await answer.json());
}

/** Asks for a replay as an admin. */
export async function replay(path: string, edgeUrl = inject("stack").edgeUrl, token = inject("stack").adminToken) {
  return await fetch(`${edgeUrl}${path}/replay`, { method: "POST", headers: bearer(token) });
}

/** Our own error body, checked; returns its code. */
export async function errorCode(answer: Response): Promise<string> {
  const Body = z.strictObject({ code: z.string(), message: z.string().min(1), requestId: z.uuid(), docs: z.string() });
  const body = Body.parse(await answer.json());
  expect(body.requestId).toBe(answer.headers.get("x-request-id"));
  expect(body.docs).toBe(`/docs/errors#${body.code}`);
  return body.code;
}

/** A GET that reaches the stack under another host name, which need not resolve. */
export async function getAs(host: string, path: string): Promise<{ status: number; body: unknown }> {
  const { hostname, port } = new URL(inject("stack").edgeUrl);
  const request = get({ hostname, port, path, headers: { host: `${host}:${port}` } });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, body: await json(answer) };
}

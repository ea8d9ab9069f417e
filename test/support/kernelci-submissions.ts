import { SignJWT } from "jose";
import { expect, inject, vi } from "vitest";
import * as z from "zod";

const Answer = z.strictObject({ id: z.string(), status: z.string(), message: z.string() });
export type SubmitAnswer = z.infer<typeof Answer>;

let last = 0;

/** An id that no other test uses. */
export function freshId(): string {
  last += 1;
  return `tests:${process.pid}-${Date.now()}-${last}`;
}

/** A submission of one checkout, with as much under `misc` as is asked for. */
export function oneCheckout(id = freshId(), change: Record<string, unknown> = {}) {
  const checkout = { id, origin: "tests", start_time: "2025-01-02T03:04:05Z", ...change };
  return { version: { major: 5, minor: 3 }, checkouts: [checkout] };
}

/** A token as an operator makes one for a submitter. */
export async function submitToken(secret: string, claims: Record<string, unknown> = { origin: "tests" }, end = "1h") {
  const signed = new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).setExpirationTime(end);
  return await signed.sign(new TextEncoder().encode(secret));
}

/** Posts a body; what is no text and no stream is sent as JSON. */
export async function submit(
  body: unknown,
  headers: Record<string, string> = {},
  edgeUrl = inject("stack").edgeUrl,
): Promise<Response> {
  const isSent = typeof body === "string" || body instanceof ReadableStream || body instanceof Uint8Array;
  return await fetch(`${edgeUrl}/kernelci/submit`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: isSent ? (body as BodyInit) : JSON.stringify(body),
    duplex: "half",
  } as RequestInit);
}

/** The answer's body, whose form every answer of the submit service has. */
export async function answered(response: Response): Promise<SubmitAnswer> {
  expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const text = await response.text();
  const answer = Answer.parse(JSON.parse(text));
  expect(text).toBe(JSON.stringify({ id: answer.id, status: answer.status, message: answer.message }));
  return answer;
}

/** One look at a submission. */
export async function statusOf(id: string, edgeUrl = inject("stack").edgeUrl): Promise<SubmitAnswer> {
  return await answered(await fetch(`${edgeUrl}/kernelci/status?id=${id}`));
}

/** Looks until a submission has come to an end. */
export async function untilEnded(id: string, edgeUrl = inject("stack").edgeUrl): Promise<string> {
  const ended = async () => {
    const { status } = await statusOf(id, edgeUrl);
    if (status === "ready" || status === "inprogress") throw new Error(`still ${status}`);
    return status;
  };
  return await vi.waitFor(ended, { timeout: 25_000, interval: 50 });
}

/** Submits and waits for the end; returns its status and the reason in its receipt. */
export async function submitted(body: unknown, edgeUrl = inject("stack").edgeUrl) {
  const response = await submit(body, {}, edgeUrl);
  const { id } = await answered(response);
  const status = await untilEnded(id, edgeUrl);
  const receipt: unknown = await (await fetch(edgeUrl + response.headers.get("location"))).json();
  return { id, status, reason: z.object({ reason: z.string().optional() }).parse(receipt).reason };
}

/** Bytes as a stream of pieces, which is sent without a length. */
export function inPieces(text: string, size = 300_001): ReadableStream<Uint8Array> {
  const bytes = new Uint8Array(Buffer.from(text));
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.byteLength) return controller.close();
      controller.enqueue(bytes.subarray(at, at + size));
      at += size;
    },
  });
}

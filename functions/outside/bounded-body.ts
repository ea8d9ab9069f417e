import { AnswerTooLarge, OutboundError } from "./outbound.ts";

/** Limits of a body that comes by and by: its bytes, the time to its end, the silence between two parts. */
export type BodyLimits = { maxBytes: number; timeoutMs: number; idleMs: number };

/**
 * A body that is passed on as it comes, part by part, no faster than it is read. It ends with AnswerTooLarge beyond its
 * bytes, and with OutboundError beyond its times; then, and when its reader goes, the other side is let go.
 */
export function boundedBody(
  body: ReadableStream<Uint8Array>,
  { maxBytes, timeoutMs, idleMs }: BodyLimits,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const end = Date.now() + timeoutMs;
  let size = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await withTimeout(reader.read(), Math.min(idleMs, end - Date.now()));
        if (done) return controller.close();
        size += value.byteLength;
        if (size > maxBytes) throw new AnswerTooLarge(`the answer is larger than ${maxBytes} bytes`);
        controller.enqueue(value);
      } catch (error) {
        await reader.cancel(error).catch(() => {});
        throw error instanceof OutboundError ? error : new OutboundError("the answer broke off", { cause: error });
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new OutboundError("the answer takes too long")), Math.max(0, ms));
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

import { joinChunks } from "../../messages/outbound.ts";

/** A body read whole, or the reason it was not. */
export type BodyResult = { ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; status: 400 | 413 };

/**
 * Reads at most `limit` bytes. A larger body is refused by its declared length, and by counting when none was declared;
 * a body that breaks off is a bad request.
 */
export async function readBody(request: Request, limit: number): Promise<BodyResult> {
  if (request.body === null) return { ok: true, bytes: new Uint8Array() };
  let tooLarge = Number(request.headers.get("content-length") ?? 0) > limit;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      tooLarge ||= size > limit;
      if (!tooLarge) chunks.push(chunk);
      else chunks.length = 0;
      // A sender still writing would miss an early answer: as much again is read and dropped, but no more.
      if (size > 2 * limit) break;
    }
  } catch {
    return { ok: false, status: tooLarge ? 413 : 400 };
  }
  return tooLarge ? { ok: false, status: 413 } : { ok: true, bytes: joinChunks(chunks, size) };
}

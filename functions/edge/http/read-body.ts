import { joinChunks } from "../../messages/outbound.ts";

/** A body read whole, or the reason it was not. */
export type BodyResult = { ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; status: 400 | 413 };

/**
 * Reads at most `limit` bytes. A larger body is refused by its declared length before a byte is read, and by counting
 * when none was declared; a body that breaks off is a bad request.
 */
export async function readBody(request: Request, limit: number): Promise<BodyResult> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > limit) return { ok: false, status: 413 };
  if (request.body === null) return { ok: true, bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > limit) return { ok: false, status: 413 };
      chunks.push(chunk);
    }
  } catch {
    return { ok: false, status: 400 };
  }
  return { ok: true, bytes: joinChunks(chunks, size) };
}

import { BodyError, BodyStream } from "./body-stream.ts";

/** A body read whole, or the reason it was not. */
export type BodyResult = { ok: true; bytes: Uint8Array<ArrayBuffer> } | { ok: false; status: 400 | 413 };

/**
 * Reads at most `limit` bytes. A larger body is refused by its declared length, and by counting when none was declared;
 * a body that breaks off is a bad request. Throws BodyError (503) when there is no room for it at the moment.
 */
export async function readBody(
  request: Request,
  limit: number,
  onChunk?: (chunk: Uint8Array) => void,
): Promise<BodyResult> {
  try {
    const bytes = await new BodyStream(request, limit, onChunk).whole(limit);
    return bytes === undefined ? { ok: false, status: 413 } : { ok: true, bytes };
  } catch (error) {
    if (!(error instanceof BodyError) || error.status === 503) throw error;
    return { ok: false, status: error.status };
  }
}

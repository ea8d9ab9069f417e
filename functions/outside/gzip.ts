import { gunzipSync } from "node:zlib";
import { joinChunks } from "./outbound.ts";

/** Raised when inflated bytes would pass the limit, or are no gzip at all. */
export class InflateError extends Error {
  override name = "InflateError";
}

/** Bytes, gzipped (RFC 1952). */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(streamOf(bytes).pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
}

/** A stream of bytes, gzipped as it comes; it fails as the bytes fail. */
export function gzipped(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
  });
  return stream.pipeThrough(new CompressionStream("gzip"));
}

/** Up to here one call is cheaper than a stream, and still takes only some milliseconds. */
const AT_ONCE_BYTES = 1_048_576;

/** Inflates gzip while counting; throws InflateError above `maxBytes` or on broken data. */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return maxBytes <= AT_ONCE_BYTES ? gunzipAtOnce(bytes, maxBytes) : await gunzipStream(bytes, maxBytes);
}

function gunzipAtOnce(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Uint8Array<ArrayBuffer> {
  try {
    // One byte more than allowed, since the limit must be positive.
    const inflated = gunzipSync(bytes, { maxOutputLength: maxBytes + 1 });
    if (inflated.byteLength <= maxBytes) return new Uint8Array(inflated);
  } catch (error) {
    const isTooLarge = error instanceof RangeError;
    if (!isTooLarge) throw new InflateError("not valid gzip data", { cause: error });
  }
  throw new InflateError(`inflates to more than ${maxBytes} bytes`);
}

async function gunzipStream(bytes: Uint8Array<ArrayBuffer>, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of streamOf(bytes).pipeThrough(new DecompressionStream("gzip"))) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new InflateError(`inflates to more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof InflateError) throw error;
    throw new InflateError("not valid gzip data", { cause: error });
  }
  return joinChunks(chunks, size);
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes]).stream();
}

import { createHash } from "node:crypto";
import { joinChunks } from "../../messages/outbound.ts";

/** Why a body could not be read to its end. */
export class BodyError extends Error {
  override name = "BodyError";
  readonly status: 400 | 413;
  constructor(status: 400 | 413) {
    super(status === 413 ? "the body is larger than allowed" : "the body broke off");
    this.status = status;
  }
}

/**
 * A body as it comes, counted and summed; throws BodyError when it breaks off or passes the limit. The error is kept too,
 * since streams between here and the reader may replace it by one of their own.
 */
export class BodyStream implements AsyncIterable<Uint8Array> {
  sizeBytes = 0;
  failure: BodyError | undefined;
  readonly #hash = createHash("sha256");
  readonly #limit: number;
  readonly #isDeclaredTooLarge: boolean;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Uint8Array[] = [];

  constructor(request: Request, limit: number) {
    this.#limit = limit;
    this.#chunks = chunksOf(request.body)[Symbol.asyncIterator]();
    this.#isDeclaredTooLarge = Number(request.headers.get("content-length") ?? 0) > limit;
  }

  /** SHA-256 in hex of what was read; once, at the end. */
  sum(): string {
    return this.#hash.digest("hex");
  }

  /** The whole body when it has at most `bytes`; undefined when it is larger, and then iteration gives all of it. */
  async whole(bytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (this.sizeBytes <= bytes) {
      const chunk = await this.#next();
      if (chunk === undefined) return joinChunks(this.#held, this.sizeBytes);
      this.#held.push(chunk);
    }
    return undefined;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const held = this.#held;
    this.#held = [];
    yield* held;
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) yield chunk;
  }

  async #next(): Promise<Uint8Array | undefined> {
    const { done, value } = await this.#read();
    if (done) return undefined;
    this.sizeBytes += value.byteLength;
    if (this.#isDeclaredTooLarge || this.sizeBytes > this.#limit) {
      await this.drain();
      throw this.#failed(413);
    }
    this.#hash.update(value);
    return value;
  }

  /** A sender still writing would miss an early answer: as much again as is allowed is read and dropped, but no more. */
  async drain(): Promise<void> {
    for (let dropped = 0; dropped <= this.#limit; ) {
      const { done, value } = await this.#read().catch(() => ({ done: true as const, value: undefined }));
      if (done) return;
      dropped += value.byteLength;
    }
  }

  async #read(): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      return await this.#chunks.next();
    } catch {
      throw this.#failed(400);
    }
  }

  #failed(status: 400 | 413): BodyError {
    this.failure ??= new BodyError(status);
    return this.failure;
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, undefined> {
  if (body !== null) yield* body;
  return undefined;
}

import { joinChunks } from "../../outside/outbound.ts";
import { type BodyShare, shareOf } from "./body-budget.ts";
import { type BodyReader, readerOf } from "./get-body.ts";

const REASONS = {
  400: "the body broke off",
  413: "the body is larger than allowed",
  503: "too many bodies are being received",
} as const;

/** Why a body was not read to its end: it broke off, is too large, or there is no room for it at the moment. */
export class BodyError extends Error {
  override name = "BodyError";
  readonly status: keyof typeof REASONS;
  constructor(status: keyof typeof REASONS) {
    super(REASONS[status]);
    this.status = status;
  }
}

const IS_WORKER = typeof navigator !== "undefined" && navigator.userAgent === "Cloudflare-Workers";

/** Bytes a request says its body has; 0 when it says nothing. */
export function declaredBytes(request: Request): number {
  return Number(request.headers.get("content-length") ?? 0);
}

/**
 * A body as it comes, counted; throws BodyError when it breaks off, passes the limit, or finds no room in the budget of
 * all bodies. `onChunk` sees each chunk once, in order. The error is kept too, since streams between here and the reader
 * may replace it by one of their own. A body that is not read at all is the server's business, which drops it within its own limits.
 */
export class BodyStream implements AsyncIterable<Uint8Array> {
  sizeBytes = 0;
  failure: BodyError | undefined;
  readonly #limit: number;
  readonly #declared: number;
  readonly #share: BodyShare;
  readonly #onChunk: (chunk: Uint8Array) => void;
  readonly #reader: BodyReader | undefined;
  #held: Uint8Array[] = [];

  constructor(request: Request, limit: number, onChunk: (chunk: Uint8Array) => void = () => {}) {
    this.#limit = limit;
    this.#declared = declaredBytes(request);
    this.#share = shareOf(request);
    this.#onChunk = onChunk;
    // Iterating the stream itself would cancel it at an early end, and with it the connection the answer goes by.
    this.#reader = readerOf(request);
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
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) {
      yield chunk;
      // Whoever asks for the next one has passed this one on.
      this.#share.release(chunk.byteLength);
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#declared > this.#limit) {
      const failure = this.#failed(413);
      // Node's server drops what is not read; workerd would break the connection off before the answer is through.
      if (IS_WORKER) await this.#dropRest();
      throw failure;
    }
    if (this.sizeBytes === 0 && !this.#share.hasRoomFor(this.#declared)) throw this.#failed(503);
    const value = await this.#read();
    if (value === undefined) return undefined;
    this.sizeBytes += value.byteLength;
    if (this.sizeBytes > this.#limit) {
      const failure = this.#failed(413);
      await this.#dropRest();
      throw failure;
    }
    if (!this.#share.take(value.byteLength)) throw this.#failed(503);
    this.#onChunk(value);
    return value;
  }

  async #read(): Promise<Uint8Array | undefined> {
    try {
      return (await this.#reader?.read())?.value;
    } catch {
      throw this.#failed(400);
    }
  }

  /** A sender midway may miss an early answer: as much again as is allowed is read and dropped, but no more. */
  async #dropRest(): Promise<void> {
    for (let dropped = 0; dropped <= this.#limit; ) {
      const value = await this.#read().catch(() => undefined);
      if (value === undefined) return;
      dropped += value.byteLength;
    }
  }

  #failed(status: BodyError["status"]): BodyError {
    this.failure ??= new BodyError(status);
    return this.failure;
  }
}

/** Around the reading of one message, which nothing else of its thread can interrupt. */
export interface Reading {
  /** Runs `read`, known to whoever watches as the reading of that message. */
  of<T>(messageId: string, read: () => T): T;
}

/** Where nobody watches. */
export const UNWATCHED: Reading = { of: (_, read) => read() };

const SINCE = 0;
const BEAT = 1;
const ID_OFFSET = 16;
const ID_BYTES = 128;

/**
 * Memory that a thread and its host share: which message is being read and since when, and when the thread last was free
 * to do anything. The host reads it while the thread is busy. Times are milliseconds since 1970.
 */
export class SharedReading implements Reading {
  readonly memory: SharedArrayBuffer;
  readonly #times: BigInt64Array;
  readonly #id: Buffer;

  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(ID_OFFSET + ID_BYTES)) {
    this.memory = memory;
    this.#times = new BigInt64Array(memory, 0, 2);
    this.#id = Buffer.from(memory, ID_OFFSET, ID_BYTES);
  }

  of<T>(messageId: string, read: () => T): T {
    this.#id.fill(0).write(messageId);
    Atomics.store(this.#times, SINCE, BigInt(Date.now()));
    try {
      return read();
    } finally {
      Atomics.store(this.#times, SINCE, 0n);
    }
  }

  /** Notes that the thread is free. */
  beat(): void {
    Atomics.store(this.#times, BEAT, BigInt(Date.now()));
  }

  lastBeat(): number {
    return Number(Atomics.load(this.#times, BEAT));
  }

  /** The message that is being read at this moment, if any. */
  current(): { messageId: string; sinceMs: number } | undefined {
    const sinceMs = Number(Atomics.load(this.#times, SINCE));
    if (sinceMs === 0) return undefined;
    const end = this.#id.indexOf(0);
    return { messageId: this.#id.toString("latin1", 0, end < 0 ? ID_BYTES : end), sinceMs };
  }
}

import { Worker } from "node:worker_threads";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { ReadingConfig } from "./config.ts";
import { type Request, Response } from "./messages.ts";
import { SharedReading } from "./reading.ts";

/** An event in hand, and how its caller is told. */
type Invocation = {
  event: SQSEvent;
  deadline: number;
  ended: Record<string, string>;
  resolve(response: SQSBatchResponse): void;
  reject(error: Error): void;
};

/** Between two looks at the thread. */
const WATCH_MS = 200;
/** What an invocation needs beside the reading, to be started anew. */
const MARGIN_MS = 5_000;
/** What a thread may take to load, and to say that it is free, on a machine with much else to do. */
const PATIENCE_MS = 30_000;

/**
 * Runs the consumer in a thread that can be ended. Reading is synchronous work whose cost its sender chooses: when one message
 * takes too long or too much memory, the thread is ended with all it holds, a new one is told which message that was, and
 * ingests the others again at once; transactions that were open are rolled back with their connections.
 */
export class ThreadHost {
  readonly #entry: string;
  readonly #config: ReadingConfig;
  readonly #invocations = new Map<number, Invocation>();
  #thread: { worker: Worker; reading: SharedReading; startedMs: number } | undefined;
  #watch: NodeJS.Timeout | undefined;
  #lastId = 0;

  /** `entry` is the file that the thread runs. */
  constructor(entry: string, config: ReadingConfig) {
    this.#entry = entry;
    this.#config = config;
  }

  /** Ingests an event; `remainingMs` is the time its invocation has. Rejects when the thread throws. */
  invoke(event: SQSEvent, remainingMs: number): Promise<SQSBatchResponse> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const invocation = { event, deadline: Date.now() + remainingMs, ended: {}, resolve, reject };
      this.#invocations.set(this.#lastId, invocation);
      this.#post(this.#lastId, invocation);
    });
  }

  /** Whether the thread has shown within a reading's time that it is free, or has nothing to do. */
  isAlive(): boolean {
    return this.#invocations.size === 0 || this.#thread === undefined || !this.#isStuck(this.#thread);
  }

  /** Lets the thread give back what it holds, then ends it. What is in hand then fails, message by message. */
  async stop(): Promise<void> {
    clearInterval(this.#watch);
    this.#watch = undefined;
    const worker = this.#thread?.worker;
    this.#thread = undefined;
    if (worker === undefined) return;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    const late = setTimeout(() => void worker.terminate(), MARGIN_MS);
    worker.postMessage({ is: "stop" } satisfies Request);
    await ended;
    clearTimeout(late);
    for (const [id, invocation] of [...this.#invocations]) this.#giveBack(id, invocation);
  }

  #post(id: number, { event, deadline, ended }: Invocation): void {
    const { worker } = this.#open();
    worker.ref();
    this.#watch ??= setInterval(() => this.#look(), WATCH_MS);
    // A part that is begun may read for as long as it may.
    const lastBegin = deadline - this.#readTimeoutMs();
    worker.postMessage({ is: "ingest", id, event, deadline: lastBegin, ended } satisfies Request);
  }

  #open() {
    this.#thread ??= this.#start();
    return this.#thread;
  }

  #start() {
    const reading = new SharedReading();
    const worker = new Worker(this.#entry, {
      workerData: { reading: reading.memory },
      resourceLimits: { maxOldGenerationSizeMb: this.#config.READ_MEMORY_MB },
    });
    worker.on("message", (message: unknown) => this.#settle(Response.parse(message)));
    let cause: Error | undefined;
    worker.on("error", (error) => {
      cause = error;
    });
    worker.on("exit", () => {
      if (this.#thread?.worker === worker) this.#replace(reading.current(), cause);
    });
    worker.unref();
    return { worker, reading, startedMs: Date.now() };
  }

  #settle(response: Response): void {
    const invocation = this.#invocations.get(response.id);
    if (invocation === undefined) return;
    this.#forget(response.id);
    if (response.is === "done") invocation.resolve(response.response);
    else invocation.reject(new Error(response.reason));
  }

  #forget(id: number): void {
    this.#invocations.delete(id);
    if (this.#invocations.size > 0) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#thread?.worker.unref();
  }

  #isStuck({ reading, startedMs }: { reading: SharedReading; startedMs: number }): boolean {
    const timeoutMs = this.#readTimeoutMs();
    const current = reading.current();
    if (current !== undefined) return Date.now() - current.sinceMs > timeoutMs;
    return Date.now() - Math.max(reading.lastBeat(), startedMs) > timeoutMs + PATIENCE_MS;
  }

  #look(): void {
    const thread = this.#thread;
    if (thread === undefined || !this.#isStuck(thread)) return;
    const culprit = thread.reading.current();
    this.#thread = undefined;
    void thread.worker.terminate();
    this.#replace(culprit, undefined);
  }

  /** After the end of a thread: hands what was in hand to a new one, the message that was being read marked. */
  #replace(culprit: { messageId: string } | undefined, cause: Error | undefined): void {
    this.#thread = undefined;
    for (const [id, invocation] of [...this.#invocations]) {
      const { event, deadline, ended } = invocation;
      const hasTime = deadline - Date.now() > MARGIN_MS;
      if (culprit !== undefined && event.Records.some(({ messageId }) => messageId === culprit.messageId))
        ended[culprit.messageId] = this.#reason(cause);
      if (culprit !== undefined && hasTime) this.#post(id, invocation);
      // Without a culprit each message comes back alone, by its receive count.
      else this.#giveBack(id, invocation);
    }
  }

  #giveBack(id: number, { event, resolve }: Invocation): void {
    this.#forget(id);
    resolve({ batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })) });
  }

  #readTimeoutMs(): number {
    return this.#config.READ_TIMEOUT_SECONDS * 1_000;
  }

  #reason(cause: Error | undefined): string {
    const isMemory = cause !== undefined && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
    if (isMemory) return `needed more than ${this.#config.READ_MEMORY_MB} MB to read`;
    if (cause !== undefined) return `ended the thread that read it: ${cause.message}`;
    return `took longer than ${this.#config.READ_TIMEOUT_SECONDS} s to read`;
  }
}

import * as z from "zod";

/** What a process of the self-host mode runs. */
export type Running = {
  /** Told to a supervisor when all is up. */
  address?: string;
  /** Whether the work still goes on, beyond this process being there at all; while it does, the supervisor is told every second. */
  isAlive?: () => boolean;
  /** Told what the supervisor says of another part: whether it runs. */
  onPart?: (part: string, isUp: boolean) => void;
  /** What the supervisor may ask for by name. */
  tasks?: Readonly<Record<string, () => Promise<void>>>;
  /** Finishes what is in hand. */
  stop(): Promise<void>;
};

/** Thrown for settings that are missing or wrong: one line each, naming the setting and never its value. */
export class WrongConfiguration extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** Tells a supervisor that a child is not stuck. */
export const HEARTBEAT = { beat: true } as const;
export const HEARTBEAT_MS = 1_000;

/** What a supervisor tells of another part. */
export const PartNews = z.object({ part: z.string(), isUp: z.boolean() });

/** Exit status for wrong settings (sysexits.h): starting again doesn't help. */
const EX_CONFIG = 78;

/**
 * Runs one process: starts it, and stops it once at SIGTERM, SIGINT or when the supervisor that forked it is gone. What
 * can't start is told on stderr, and the process ends with a status other than 0.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  const asked = Promise.withResolvers<void>();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => asked.resolve());
  process.on("disconnect", () => asked.resolve());
  try {
    const running = await start();
    process.on("message", (message) => {
      const news = PartNews.safeParse(message);
      if (news.success) running.onPart?.(news.data.part, news.data.isUp);
      else void perform(running, String(message));
    });
    const { isAlive = () => true } = running;
    setInterval(() => isAlive() && tell(HEARTBEAT), HEARTBEAT_MS).unref();
    tell({ up: running.address ?? "" });
    await asked.promise;
    await running.stop();
    process.exit();
  } catch (error) {
    console.error(error instanceof WrongConfiguration ? error.message : error);
    process.exit(error instanceof WrongConfiguration ? EX_CONFIG : 1);
  }
}

async function perform({ tasks = {} }: Running, task: string): Promise<void> {
  const work = tasks[task];
  const failure = await (work === undefined ? Promise.reject(new Error("no such task")) : work()).then(
    () => "",
    (error: unknown) => String(error),
  );
  tell({ task, failure });
}

/** Tells the supervisor, if there is one. */
function tell(message: Readonly<Record<string, unknown>>): void {
  if (process.connected) process.send?.(message);
}

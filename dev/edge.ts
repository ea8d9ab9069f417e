import { once } from "node:events";
import { join } from "node:path";
import { childrenNamed } from "./processes.ts";

const CONFIG = join(import.meta.dirname, "..", "wrangler.toml");
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export type EdgeOptions = {
  /** 0 takes a free one. */
  port: number;
  /** Variables and secrets of the Worker, over those of wrangler.toml; HOST is the address to listen on, 127.0.0.1 unless set. */
  bindings: Readonly<Record<string, string>>;
  /** Requests a minute of Cloudflare's rate-limit bindings, by their names. */
  rateLimits?: Readonly<Record<string, number>>;
  /** Entry file, when it is not wrangler.toml's. */
  entry?: string | undefined;
  /** Takes each line the Worker logs; `problem` marks warnings and errors. */
  onLog?: (line: string, problem: boolean) => void;
};

export type Edge = {
  /** Origin without a final slash. */
  url: string;
  port: number;
  /** Process ids of the Worker's runtime, which is started anew when it dies. */
  pids(): number[];
  /** Fires the cron trigger; the local runtime has no clock of its own. */
  scheduled(): Promise<void>;
  /** Tells it of another part; the Worker has nobody to be told by. */
  tell?(news: object): void;
  stop(): Promise<void>;
};

/** The Worker of wrangler.toml in workerd, bundled at start. The port must be free: a taken one is waited for without end. */
export async function startEdge({
  port,
  bindings,
  rateLimits = {},
  entry,
  onLog = () => {},
}: EdgeOptions): Promise<Edge> {
  const runtimesBefore = new Set(childrenNamed(process.pid, "workerd"));
  const restoreListeners = rememberSignalListeners();
  const environment = await bundlerAndRuntime();
  // Also rejects when the Worker throws while it starts.
  const loaded = once(environment, "reloadComplete");
  loaded.catch(() => {});
  const secrets = Object.entries(bindings).map(([name, value]) => [name, { type: "secret_text", value }]);
  const limits = Object.entries(rateLimits).map(([name, limit], at) => {
    const simple = { limit, period: 60 } as const;
    return [name, { type: "ratelimit", namespace_id: String(1_001 + at), simple }] as const;
  });
  try {
    const worker = await environment.startWorker({
      config: CONFIG,
      ...(entry === undefined ? {} : { entrypoint: entry }),
      bindings: { ...Object.fromEntries(secrets), ...Object.fromEntries(limits) },
      dev: {
        server: { hostname: bindings.HOST ?? "127.0.0.1", port },
        inspector: false,
        watch: false,
        persist: false,
        structuredLogsHandler: ({ level, message }: { level: string; message: string }) =>
          onLog(message, level === "error" || level === "warn"),
      },
    });
    await loaded;
    const url = reachable(await worker.url);
    return {
      url: url.origin,
      port: Number(url.port),
      pids: () => childrenNamed(process.pid, "workerd").filter((pid) => !runtimesBefore.has(pid)),
      scheduled: () => fireCron(url.origin),
      stop: () => worker.dispose(),
    };
  } catch (error) {
    // It may fail for the same reason once more.
    await environment.teardown().catch(() => {});
    throw new Error("the Worker did not start", { cause: causeOf(error) });
  } finally {
    restoreListeners();
  }
}

/** The address under which this machine reaches a server that may listen on every one. */
function reachable(listening: URL): URL {
  const url = new URL(listening);
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1";
  return url;
}

async function bundlerAndRuntime() {
  // No look-ups of colo data, no usage reports, no log files, no secrets from a stray .env file.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
  process.env.CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV = "false";
  process.env.WRANGLER_SEND_METRICS = "false";
  process.env.WRANGLER_WRITE_LOGS = "false";
  process.env.WRANGLER_LOG ??= "error";
  const { unstable_DevEnv: DevEnv } = await import("wrangler");
  return new DevEnv();
}

/** Failures of the runtime arrive as events that hold the error. */
function causeOf(failure: unknown): unknown {
  const isEvent = typeof failure === "object" && failure !== null && !(failure instanceof Error) && "cause" in failure;
  return isEvent ? failure.cause : failure;
}

async function fireCron(origin: string): Promise<void> {
  const answer = await fetch(`${origin}/cdn-cgi/local/scheduled?cron=${encodeURIComponent("7 * * * *")}`);
  const outcome = await answer.text();
  if (!answer.ok || outcome !== "ok") throw new Error(`the cron trigger failed: ${answer.status} ${outcome}`);
}

/** The runtime's own listeners end this process at once; who started the stack decides how it ends. Returns the removal. */
function rememberSignalListeners(): () => void {
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
  return () => {
    for (const signal of SIGNALS)
      for (const listener of process.listeners(signal))
        if (!before.get(signal)?.includes(listener)) process.off(signal, listener);
  };
}

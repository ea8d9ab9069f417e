import { join } from "node:path";
import { parseArgs } from "node:util";
import { REGION } from "./emulator.ts";
import { exposureWarnings } from "./exposure.ts";
import { claimInstance } from "./instance.ts";
import { openLogFiles } from "./log-files.ts";
import { portIsFree } from "./ports.ts";
import { screen } from "./screen.ts";
import { PORTS, readSettings, type Settings } from "./settings.ts";
import { type StackMode, type StackPorts, startStack } from "./stack.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 86_400_000;
/** npm and the terminal both pass Ctrl-C on: a signal that soon after the first is the same one. */
const SAME_SIGNAL_MS = 500;

try {
  const { values } = parseArgs({ options: { "self-host": { type: "boolean", default: false } } });
  await run(readSettings(process.env), values["self-host"] ? "node" : "worker");
} catch (error) {
  console.error(reasons(error));
  process.exit(1);
}

/** The messages of an error and of what caused it, without stacks. */
function reasons(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === "object" ? JSON.stringify(error) : String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${reasons(error.cause)}`;
}

async function run(settings: Settings, mode: StackMode): Promise<void> {
  const instance = await claimInstance(settings.dataDir, `http://127.0.0.1:${settings.ports.edge}`);
  const stopRequested = Promise.withResolvers<number>();
  listenForSignals(() => stopRequested.resolve(0), instance.signalChildren);
  process.on("uncaughtException", (error) => {
    console.error(error);
    stopRequested.resolve(1);
  });
  try {
    await requireFreePorts(settings, mode);
    console.log("Starting Runledger...");
    // A server's log goes where its supervisor keeps logs; files are for a terminal that shows one screen.
    const log = mode === "node" ? printLine : openLogFiles(join(settings.dataDir, "logs"));
    const stack = await startStack({
      ...settings,
      development: isDevelopment(settings, mode),
      mode,
      neonProxy: mode === "worker",
      onLog(part, line, problem) {
        if (mode === "worker" || !problem) log(part, line);
        if (problem) console.error(`[${part}] ${line}`);
      },
      onPid: instance.addChild,
    });
    console.log(screen(stack, settings));
    for (const line of exposureWarnings(stack, settings, isDevelopment(settings, mode))) console.warn(line);
    const cron = () => void stack.scheduled().catch((error: unknown) => log("edge", `cron: ${error}`));
    const clocks = [
      setInterval(() => {
        for (const pid of stack.edgePids()) instance.addChild("edge", pid);
      }, MINUTE_MS),
      // The self-host mode has a clock of its own.
      ...(mode === "worker" ? [setInterval(cron, HOUR_MS)] : []),
    ];
    const removeOld = () => removeOldRawBodies(stack.bucketUrl, settings.rawRetentionDays, (line) => log("aws", line));
    const daily = settings.aws === undefined ? setInterval(removeOld, DAY_MS) : undefined;
    if (settings.aws === undefined) void removeOld();
    process.exitCode = await stopRequested.promise;
    console.log("Stopping: finishing what is in hand. Ctrl-C again ends it at once.");
    for (const clock of clocks) clearInterval(clock);
    clearInterval(daily);
    await stack.stop();
    console.log("Stopped. Data is kept.");
  } finally {
    instance.remove();
  }
  process.exit();
}

/** `npm start` always is; a server on a named database may hold data that others depend on. */
function isDevelopment({ databaseUrl }: Settings, mode: StackMode): boolean {
  return mode === "worker" || databaseUrl === undefined;
}

function printLine(part: string, line: string): void {
  console.log(line.startsWith("{") ? line : `[${part}] ${line}`);
}

/** The first signal asks to stop, a later one ends the process at once; the next start clears what is left. */
function listenForSignals(askToStop: () => void, endChildren: () => void): void {
  let askedAt: number | undefined;
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (askedAt === undefined) askToStop();
      else if (Date.now() - askedAt > SAME_SIGNAL_MS) {
        endChildren();
        process.exit(130);
      }
      askedAt ??= Date.now();
    });
}

async function requireFreePorts(settings: Settings, mode: StackMode): Promise<void> {
  const { ports, databaseUrl, aws, env } = settings;
  const stoodIn = (variable: string) => isDevelopment(settings, mode) && env[variable] === undefined;
  const embedded: Readonly<Record<keyof StackPorts, boolean>> = {
    edge: true,
    postgres: databaseUrl === undefined,
    neon: mode === "worker",
    aws: aws === undefined,
    issuer: stoodIn("EOSC_PERF_TRUSTED_OP_LIST"),
    registry: stoodIn("EOSC_PERF_REGISTRY_URL"),
    smtp: stoodIn("EOSC_PERF_MAIL_SERVER"),
    mails: stoodIn("EOSC_PERF_MAIL_SERVER"),
  };
  const all = ["edge", "postgres", "neon", "aws", "issuer", "registry", "smtp", "mails"] as const;
  const parts = all.filter((part) => embedded[part]);
  const problems: string[] = [];
  for (const [index, part] of parts.entries()) {
    const { variable, what } = PORTS[part];
    const twin = parts.slice(0, index).find((earlier) => ports[earlier] === ports[part]);
    if (twin !== undefined) problems.push(`${variable} and ${PORTS[twin].variable} are both ${ports[part]}.`);
    else if (!(await portIsFree(ports[part])))
      problems.push(
        `Port ${ports[part]}, for ${what}, is taken by another program. ` +
          `Set ${variable} to a free port, for example: ${variable}=${ports[part] + 1000} ${mode === "worker" ? "npm start" : "npm run serve"}`,
      );
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

async function removeOldRawBodies(bucketUrl: string, days: number, log: (line: string) => void): Promise<void> {
  try {
    const { deleteOldRawBodies } = await import("./raw-retention.ts");
    const deleted = await deleteOldRawBodies(bucketUrl, REGION, days);
    if (deleted > 0) log(`deleted ${deleted} raw bodies older than ${days} days`);
  } catch (error) {
    log(`raw bodies could not be pruned: ${error}`);
  }
}

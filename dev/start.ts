import { join } from "node:path";
import { REGION } from "./emulator.ts";
import { claimInstance } from "./instance.ts";
import { openLogFiles } from "./log-files.ts";
import { portIsFree } from "./ports.ts";
import { screen } from "./screen.ts";
import { PORTS, readSettings, type Settings } from "./settings.ts";
import { type StackPorts, startStack } from "./stack.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const MINUTE_MS = 60_000;
/** npm and the terminal both pass Ctrl-C on: a signal that soon after the first is the same one. */
const SAME_SIGNAL_MS = 500;

try {
  await run(readSettings(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.env.RUNLEDGER_DEBUG !== undefined) console.error(error);
  process.exit(1);
}

async function run(settings: Settings): Promise<void> {
  const instance = await claimInstance(settings.dataDir, `http://127.0.0.1:${settings.ports.edge}`);
  const stopRequested = Promise.withResolvers<string>();
  listenForSignals((signal) => stopRequested.resolve(signal));
  try {
    await requireFreePorts(settings);
    console.log("Starting Runledger...");
    const log = openLogFiles(join(settings.dataDir, "logs"));
    const stack = await startStack({
      ...settings,
      onLog(part, line, problem) {
        log(part, line);
        if (problem) console.error(`[${part}] ${line}`);
      },
      onPid: instance.addChild,
    });
    console.log(screen(stack, settings));
    const clock = setInterval(() => {
      stack.scheduled().catch((error: unknown) => log("edge", `cron: ${error}`));
      for (const pid of stack.edgePids()) instance.addChild("edge", pid);
    }, MINUTE_MS);
    void removeOldRawBodies(stack.bucketUrl, settings.rawRetentionDays, (line) => log("aws", line));
    await stopRequested.promise;
    console.log("Stopping: finishing what is in hand. Ctrl-C again ends it at once.");
    clearInterval(clock);
    await stack.stop();
    console.log("Stopped. Data is kept.");
  } finally {
    instance.remove();
  }
  process.exit(0);
}

/** The first signal asks to stop, a later one ends the process at once; the next start clears what is left. */
function listenForSignals(askToStop: (signal: string) => void): void {
  let askedAt: number | undefined;
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (askedAt === undefined) askToStop(signal);
      else if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(130);
      askedAt ??= Date.now();
    });
}

async function requireFreePorts({ ports, databaseUrl }: Settings): Promise<void> {
  const parts: readonly (keyof StackPorts)[] =
    databaseUrl === undefined ? ["edge", "postgres", "neon", "aws"] : ["edge", "neon", "aws"];
  const problems: string[] = [];
  for (const [index, part] of parts.entries()) {
    const { variable, what } = PORTS[part];
    const twin = parts.slice(0, index).find((earlier) => ports[earlier] === ports[part]);
    if (twin !== undefined) problems.push(`${variable} and ${PORTS[twin].variable} are both ${ports[part]}.`);
    else if (!(await portIsFree(ports[part])))
      problems.push(
        `Port ${ports[part]}, for ${what}, is taken by another program. ` +
          `Set ${variable} to a free port, for example: ${variable}=${ports[part] + 1000} npm start`,
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

import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { openDataFolder } from "./data-folder.ts";
import { isAlive, processIdentity, signalProcess, waitUntilGone } from "./processes.ts";

/** A process, and what tells it from a later one of the same number. */
const Process = z.object({ pid: z.int().positive(), identity: z.string() });
const Instance = z.object({
  supervisor: Process,
  edgeUrl: z.string(),
  children: z.array(Process.extend({ part: z.string() })),
});
type Instance = z.infer<typeof Instance>;

export type InstanceFile = {
  /** Notes a process that would outlive a killed supervisor. */
  addChild(part: string, pid: number): void;
  /** Tells all of them to end, without waiting; the next start sees to what is left. */
  signalChildren(): void;
  /** Forgets the instance: all its processes have ended. */
  remove(): void;
};

/**
 * Claims a data folder for this process by its file `instance.json`. Throws when another living instance has it; ends
 * what a killed one left running.
 */
export async function claimInstance(dataDir: string, edgeUrl: string): Promise<InstanceFile> {
  const file = join(dataDir, "instance.json");
  openDataFolder(dataDir);
  const earlier = readInstance(file);
  if (earlier !== undefined && isSame(earlier.supervisor))
    throw new Error(
      `Runledger already runs on this data folder (process ${earlier.supervisor.pid}, ${earlier.edgeUrl}).\n` +
        "For a second one, set RUNLEDGER_DATA to another folder and the ports to free ones.",
    );
  if (earlier !== undefined) await endLeftovers(earlier);
  const instance: Instance = { supervisor: describe(process.pid), edgeUrl, children: [] };
  if (existsSync(file)) rmSync(file);
  // Fails when a starter that came at the same moment was faster.
  writeFileSync(file, JSON.stringify(instance), { flag: "wx" });
  return {
    addChild(part, pid) {
      if (instance.children.some((child) => child.pid === pid)) return;
      instance.children = [...instance.children.filter(isSame), { part, ...describe(pid) }];
      writeFileSync(`${file}.new`, JSON.stringify(instance, null, 2));
      renameSync(`${file}.new`, file);
    },
    signalChildren() {
      for (const child of instance.children.filter(isSame)) signalProcess(child.pid, endingSignal(child.part));
    },
    remove: () => rmSync(file, { force: true }),
  };
}

/** SIGINT makes PostgreSQL roll back and close; the others have nothing to lose. */
function endingSignal(part: string): NodeJS.Signals {
  return part === "postgres" ? "SIGINT" : "SIGTERM";
}

async function endLeftovers(earlier: Instance): Promise<void> {
  await Promise.all(
    earlier.children.filter(isSame).map(async ({ part, pid }) => {
      signalProcess(pid, endingSignal(part));
      if (await waitUntilGone(pid, part === "postgres" ? 60_000 : 5_000)) return;
      signalProcess(pid, "SIGKILL");
      await waitUntilGone(pid, 10_000);
    }),
  );
}

function readInstance(file: string): Instance | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return Instance.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

const describe = (pid: number) => ({ pid, identity: processIdentity(pid) });
const isSame = ({ pid, identity }: z.infer<typeof Process>) => isAlive(pid) && processIdentity(pid) === identity;

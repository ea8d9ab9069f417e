import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { openDataFolder } from "../../dev/data-folder.ts";
import { freePorts } from "../../dev/ports.ts";
import { type StackPart, startStack } from "../../dev/stack.ts";
import { type Audit, audit } from "./audit.ts";
import type { Fault, Scale, Scene } from "./fault.ts";
import { leaveNothing } from "./left-behind.ts";
import type { TableRows } from "./model/rows.ts";
import { seeded } from "./random.ts";
import { openSender } from "./sender.ts";
import { untilSettled } from "./settled.ts";
import type { Delivery } from "./story.ts";

const SECRET = "the secret of the faults";

export type FaultOptions = {
  load: readonly Delivery[];
  reference: TableRows;
  scale: Scale;
  seed: number;
  /** Takes what the parts of the stack log. */
  onLog(part: string, line: string): void;
};

/** The audit of a fault, how long after the last acceptance everything was settled, and the sender's answers by status. */
export type FaultResult = Audit & { drainedMs: number; folder: string; answers: ReadonlyMap<number, number> };

/** Runs one fault on a stack of its own and audits what is left; the folder stays when something is wrong. */
export async function runFault(fault: Fault, options: FaultOptions): Promise<FaultResult> {
  const { load, reference, scale, seed, onLog } = options;
  const folder = mkdtempSync(join(tmpdir(), `runledger-fault-${fault.name}-`));
  openDataFolder(folder);
  const random = seeded(seed);
  const [edge = 0, postgres = 0, neon = 0, aws = 0, issuer = 0, registry = 0, smtp = 0, mails = 0] = await freePorts(8);
  const ports = { edge, postgres, neon, aws, issuer, registry, smtp, mails };
  const between = await fault.between?.(ports, random);
  const pids = new Map<StackPart, number>();
  const done = leaveNothing(pids, folder);
  let consumers = 0;
  const stack = await startStack({
    dataDir: join(folder, "data"),
    ports,
    consumer: "process",
    visibilityTimeoutSeconds: fault.visibilityTimeoutSeconds ?? 10,
    maxReceiveCount: fault.maxReceiveCount,
    ...fault.stack,
    env: { RETRY_BASE_SECONDS: "0.1", GITHUB_WEBHOOK_SECRET: SECRET, ...fault.stack?.env, ...between?.env },
    onLog,
    onPid(part, pid) {
      pids.set(part, pid);
      if (part === "consumer") consumers += 1;
    },
  }).catch(async (error: unknown) => {
    await between?.stop();
    rmSync(folder, { recursive: true, force: true });
    done();
    throw error;
  });
  const pool = new Pool({ connectionString: stack.databaseUrl, max: 2, application_name: "faults" });
  pool.on("error", () => {});
  // A connection that is being closed still hears that its server ends.
  pool.on("connect", (client) => void client.on("error", () => {}));
  let isRight = false;
  try {
    const sender = openSender({ edgeUrl: stack.edgeUrl, secret: SECRET, folder, rate: scale.rate });
    const settled = () => untilSettled(stack, pool, folder);
    const pidOf = (part: StackPart) => {
      const pid = pids.get(part);
      if (pid === undefined) throw new Error(`${part} was never started`);
      return pid;
    };
    const dataDir = join(folder, "data");
    const scene: Scene = { stack, sender, pool, load, random, scale, dataDir, pidOf, settled };
    const during = await fault.run(scene);
    const acceptedAt = fault.audit === undefined ? sender.lastAcceptedAt() : performance.now();
    const open = await settled();
    const drainedMs = performance.now() - acceptedAt;
    const afterwards = (await fault.check?.(scene)) ?? [];
    const { digests } = sender;
    const audited =
      (await fault.audit?.(scene)) ??
      (await audit(stack, pool, folder, { source: fault.source ?? "github", reference, digests }));
    const ended = fault.killsConsumer || consumers === 1 ? [] : [`the consumer ended ${consumers - 1} times by itself`];
    const wrong = [...ended, ...sender.wrong, ...during, ...open, ...afterwards, ...audited.wrong];
    isRight = wrong.length === 0;
    return { ...audited, wrong, drainedMs, folder, answers: new Map(sender.statuses) };
  } finally {
    await pool.end();
    await stack.stop();
    await between?.stop();
    rmSync(isRight ? folder : join(folder, "data"), { recursive: true, force: true });
    done();
  }
}

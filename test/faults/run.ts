import { parseArgs } from "node:util";
import { answerLost } from "./cases/answer-lost.ts";
import { connectionsCut } from "./cases/connections-cut.ts";
import { consumerKilled } from "./cases/consumer-killed.ts";
import { databaseReadOnly } from "./cases/database-read-only.ts";
import { deadLettersReplayed } from "./cases/dead-letters-replayed.ts";
import { diskFull } from "./cases/disk-full.ts";
import { edgeHangs } from "./cases/edge-hangs.ts";
import { eoscPerfConnectionsCut } from "./cases/eosc-perf-connections-cut.ts";
import { eoscPerfEdgeKilled } from "./cases/eosc-perf-edge-killed.ts";
import { kernelciChildrenFirst } from "./cases/kernelci-children-first.ts";
import { kernelciConsumerKilled } from "./cases/kernelci-consumer-killed.ts";
import { kernelciSentThreeTimes } from "./cases/kernelci-sent-three-times.ts";
import { mailsConsumerKilled } from "./cases/mails-consumer-killed.ts";
import { mailsRefused } from "./cases/mails-refused.ts";
import { objectStoreRefuses } from "./cases/object-store-refuses.ts";
import { objectStoreSlow } from "./cases/object-store-slow.ts";
import { objectStoreSpoils } from "./cases/object-store-spoils.ts";
import { oneInTenPoison } from "./cases/one-in-ten-poison.ts";
import { onePoisonInThirty } from "./cases/one-poison-in-thirty.ts";
import { orderReversed } from "./cases/order-reversed.ts";
import { outageBeyondLadder } from "./cases/outage-beyond-ladder.ts";
import { postgresKilled } from "./cases/postgres-killed.ts";
import { postgresStopped } from "./cases/postgres-stopped.ts";
import { queueRefused } from "./cases/queue-refused.ts";
import { readingHangs } from "./cases/reading-hangs.ts";
import { recoveryConsumerKilled } from "./cases/recovery-consumer-killed.ts";
import { scrapeConsumerKilled } from "./cases/scrape-consumer-killed.ts";
import { sentThreeTimes } from "./cases/sent-three-times.ts";
import { wholeBatchFails } from "./cases/whole-batch-fails.ts";
import type { Fault, Scale } from "./fault.ts";
import type { TableRows } from "./model/rows.ts";
import { referenceRows } from "./reference.ts";
import { type FaultResult, runFault } from "./run-fault.ts";
import { type Delivery, story } from "./story.ts";

type Loaded = { load: readonly Delivery[]; reference: TableRows };

const FAULTS: readonly Fault[] = [
  consumerKilled,
  postgresStopped,
  queueRefused,
  sentThreeTimes,
  orderReversed,
  oneInTenPoison,
  onePoisonInThirty,
  readingHangs,
  edgeHangs,
  outageBeyondLadder,
  wholeBatchFails,
  deadLettersReplayed,
  answerLost,
  connectionsCut,
  objectStoreRefuses,
  objectStoreSlow,
  objectStoreSpoils,
  postgresKilled,
  databaseReadOnly,
  diskFull,
  kernelciConsumerKilled,
  kernelciSentThreeTimes,
  kernelciChildrenFirst,
  eoscPerfEdgeKilled,
  eoscPerfConnectionsCut,
  mailsConsumerKilled,
  mailsRefused,
  scrapeConsumerKilled,
  recoveryConsumerKilled,
];

const { values } = parseArgs({
  options: {
    filter: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
    rate: { type: "string", default: "50" },
    seconds: { type: "string" },
    seed: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const scale: Scale = {
  rate: Number(values.rate),
  seconds: Number(values.seconds ?? (values.quick ? 6 : 30)),
  outageMs: values.quick ? 3_000 : 20_000,
  kills: values.quick ? 4 : 20,
};
const wanted = FAULTS.filter(({ name, quick }) => name.includes(values.filter) && (quick || !values.quick));

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
let told: Loaded | undefined;
let failed = 0;
let notRun = 0;
for (const fault of wanted) {
  const missing = fault.missing?.();
  if (missing !== undefined) {
    console.log(`${fault.name}: not run: ${missing}`);
    notRun += 1;
    continue;
  }
  const onLog = (part: string, line: string) => values.verbose && console.log(part, line);
  try {
    const { load, reference } = loadOf(fault);
    const result = await runFault(fault, { load, reference, scale, seed, onLog });
    console.log(lineOf(fault.name, result));
    if (result.wrong.length === 0) continue;
    console.log(`  answers by status: ${JSON.stringify(Object.fromEntries(result.answers))}`);
    console.log(`  ${result.wrong.slice(0, 20).join("\n  ")}\n  ids sent and accepted: ${result.folder}`);
  } catch (error) {
    console.log(`${fault.name}: fail\n  ${error instanceof Error ? error.stack?.slice(0, 2_000) : error}`);
  }
  failed += 1;
}
const passed = wanted.length - failed - notRun;
console.log(`${passed} passed, ${failed} failed${notRun === 0 ? "" : `, ${notRun} not run`}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** What a fault sends, and the rows that it must leave. */
function loadOf({ load, reference, audit, source = "github" }: Fault): Loaded {
  if (audit !== undefined || reference !== undefined)
    return { load: load?.(seed, scale) ?? [], reference: reference?.() ?? new Map() };
  const loaded = (sent: readonly Delivery[]): Loaded => ({ load: sent, reference: referenceRows(sent, source) });
  if (load !== undefined) return loaded(load(seed, scale));
  told ??= loaded(story(seed, scale.rate * scale.seconds));
  return told;
}

function lineOf(name: string, result: FaultResult): string {
  const { sent, accepted, stored, rejected, dead, lost, double, drainedMs, note, wrong } = result;
  const counts = `sent ${sent}, accepted ${accepted}, stored ${stored}, rejected ${rejected}, dead ${dead}`;
  const verdict = wrong.length === 0 ? "pass" : "fail";
  const ended = `lost ${lost}, double ${double}, drained in ${(drainedMs / 1_000).toFixed(1)} s`;
  return `${name}: ${counts}, ${ended}${note === undefined ? "" : `, ${note}`}: ${verdict}`;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Scene } from "../fault.ts";
import { resultsOf, submissionOf } from "../kernelci/load.ts";
import { notProcessed, submit } from "../kernelci/submit.ts";
import { between, seeded } from "../random.ts";

const LARGE_TESTS = 10_000;
/** A transaction that has run for so long stores a large submission. */
const LONG_MS = 150;
const CAUGHT_WITHIN_MS = 60_000;

/** The consumer dies (SIGKILL) while it stores large submissions, each time one of them; small ones come in between. */
export const kernelciConsumerKilled: Fault = {
  name: "kernelci-consumer-killed",
  quick: true,
  source: "kernelci",
  killsConsumer: true,
  visibilityTimeoutSeconds: 5,
  maxReceiveCount: 20,
  load(seed, { kills }) {
    const random = seeded(seed);
    const large = Array.from({ length: kills / 2 }, () => resultsOf(random, 20, LARGE_TESTS));
    const small = Array.from({ length: kills * 2 }, () => resultsOf(random, 1, 40));
    return [...large, ...small].map((results, commit) => submissionOf(random, commit, results));
  },
  async run(scene) {
    const wrong: string[] = [];
    const isLarge = ({ body }: { body: string }) => body.length > 1_000_000;
    const small = scene.load.filter((submission) => !isLarge(submission));
    for (const { body } of scene.load.filter(isLarge)) {
      await Promise.all([submit(scene, body), ...small.splice(0, 4).map((other) => submit(scene, other.body))]);
      wrong.push(...(await killWhileStoring(scene)));
    }
    return wrong;
  },
  check: notProcessed,
};

async function killWhileStoring({ stack, pool, random }: Scene): Promise<string[]> {
  const end = performance.now() + CAUGHT_WITHIN_MS;
  while (performance.now() < end) {
    await sleep(5);
    const { pid } = stack.consumer;
    if (pid === undefined || !(await isStoringLong(pool))) continue;
    await sleep(between(random, 0, 400));
    if (!(await isStoringLong(pool)) || stack.consumer.pid !== pid) continue;
    stack.consumer.kill("SIGKILL");
    return [];
  }
  return ["the consumer could not be caught while it stored a large submission"];
}

async function isStoringLong(pool: Scene["pool"]): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and application_name <> 'faults'
      and state in ('active', 'idle in transaction') and xact_start < clock_timestamp() - make_interval(secs => $1)`,
    [LONG_MS / 1_000],
  );
  return (rowCount ?? 0) > 0;
}

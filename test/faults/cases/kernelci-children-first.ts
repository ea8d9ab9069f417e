import type { Fault, Scene } from "../fault.ts";
import { resultsOf, submissionOf } from "../kernelci/load.ts";
import { notProcessed, submit } from "../kernelci/submit.ts";
import { seeded } from "../random.ts";
import type { Delivery } from "../story.ts";

const COMMITS = 8;
const TESTS = 200;
const KINDS = ["checkouts", "builds", "tests", "incidents"] as const;

/**
 * Incidents come before their tests, tests before their builds, builds before their checkout: for half of the commits
 * each is stored before the next is sent, for the others all are sent at once.
 */
export const kernelciChildrenFirst: Fault = {
  name: "kernelci-children-first",
  quick: true,
  source: "kernelci",
  load(seed) {
    const random = seeded(seed);
    return Array.from({ length: COMMITS }, (_, commit) => {
      const { issues, ...results } = resultsOf(random, 4, TESTS);
      return KINDS.map((kind) =>
        submissionOf(random, commit, { [kind]: results[kind], ...(kind === "incidents" ? { issues } : {}) }),
      );
    }).flat();
  },
  async run(scene) {
    const backwards = scene.load.toReversed();
    const isSlow = ({ repoId }: Delivery) => repoId % 2 === 0;
    const wrong = await oneKindAfterTheOther(scene, backwards.filter(isSlow));
    await Promise.all(backwards.filter((one) => !isSlow(one)).map(({ body }) => submit(scene, body)));
    return wrong;
  },
  check: notProcessed,
};

async function oneKindAfterTheOther(scene: Scene, backwards: readonly Delivery[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const kind of KINDS.toReversed()) {
    const ofKind = backwards.filter(({ body }) => Object.keys(JSON.parse(body)).includes(kind));
    await Promise.all(ofKind.map(({ body }) => submit(scene, body)));
    wrong.push(...(await scene.settled()));
    if (kind !== "tests") continue;
    const { rows } = await scene.pool.query<{ n: number }>("select count(*)::int as n from kernelci.pending_test");
    if (rows[0]?.n !== ofKind.length * TESTS)
      wrong.push(`${rows[0]?.n} tests wait instead of ${ofKind.length * TESTS}`);
  }
  return wrong;
}

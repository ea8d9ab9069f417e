import type { Stack } from "../../../dev/stack.ts";
import type { Report } from "../figures.ts";
import { type Measured, openLoad, type Target } from "../load.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { signedDeliveries } from "./signed-asks.ts";

const CONNECTIONS = [1, 8, 32];
const ROUNDS = 2;
const SECONDS = 2;
const WARM_UP = { loop: "closed", connections: 8, seconds: 1.5 } as const;

/**
 * (a) Signed deliveries a second, beside a bare route of the same runtime; both take turns, the consumer stands still.
 * Leaves the deliveries in the queue.
 */
export async function benchReceipt(stack: Stack, report: Report): Promise<void> {
  const load = openLoad();
  const bare: Target = { kind: "read", urls: [`${stack.edgeUrl}/health`], headers: {} };
  const signed = signedDeliveries(stack, { repoId: 700_001, first: 0, distinct: 900 });
  try {
    for (const target of [bare, signed]) await load.run(target, WARM_UP);
    for (const connections of CONNECTIONS) {
      const rounds = { bare: [] as Measured[], signed: [] as Measured[] };
      for (let round = 0; round < ROUNDS; round += 1) {
        rounds.bare.push(await load.run(bare, { loop: "closed", connections, seconds: SECONDS }));
        rounds.signed.push(await load.run(signed, { loop: "closed", connections, seconds: SECONDS }));
      }
      const [route, receipt] = [sumOf(rounds.bare), sumOf(rounds.signed)];
      const shared = { part: "github-receipt", mode: stack.mode };
      const name = `${connections} connection${connections === 1 ? "" : "s"}`;
      report.add({ ...shared, what: `${name}: GET /health`, values: valuesOf("requests/s", route) });
      report.add({
        ...shared,
        what: `${name}: signed delivery`,
        values: { ...valuesOf("deliveries/s", receipt), "kB mean body": receipt.meanBytes / 1_000 },
        ratios: [{ of: "of /health", value: receipt.perSecond / route.perSecond }],
      });
    }
  } finally {
    await load.end();
  }
}

function sumOf(rounds: readonly Measured[]): Spread & { perSecond: number; meanBytes: number } {
  const answers = rounds.flatMap((round) => round.answers);
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0);
  const spread = spreadOf(answers.map(({ ms }) => ms));
  return { ...spread, perSecond: answers.length / seconds, meanBytes: rounds[0]?.meanBytes ?? 0 };
}

function valuesOf(unit: string, { perSecond, p50, p99 }: ReturnType<typeof sumOf>): Record<string, number> {
  return { [unit]: perSecond, "ms p50": p50, "ms p99": p99 };
}

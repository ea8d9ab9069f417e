import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Pool } from "pg";
import { mintToken } from "../../../dev/identities.ts";
import type { Stack } from "../../../dev/stack.ts";
import { startEdgeOver } from "../edge-over.ts";
import type { Ratio, Report } from "../figures.ts";
import { openLoad } from "../load.ts";
import { scratchDatabases } from "../scratch-databases.ts";
import { spreadOf } from "../spread.ts";
import { SEED, type Seeded, seedResults } from "./seed-results.ts";

const SIZES = [100_000, 1_000_000];
const CLIENTS = [1, 8];
const SECONDS = 10;
const WARM_UP_SECONDS = 2;
const AT_MOST = 2;
const PER_PAGE = "per_page=20";

type Read = { path: (seeded: Seeded) => string; atMostMs?: number };

/** What is asked of both stores; filters pass about 5,000 results of each, a site has 2,500 and a tag 5,000. */
const READS: Readonly<Record<string, Read>> = {
  "two filters, ordered by a value": {
    path: () =>
      `/results?${PER_PAGE}&filters=machine.cpu.count%20%3E=%208&filters=result.score%20%3C%208750&sort_by=-json.result.score`,
    atMostMs: 40,
  },
  "the same of one benchmark": {
    path: ({ benchmarks }) =>
      `/results?${PER_PAGE}&benchmark_id=${benchmarks[0]}&filters=machine.cpu.count%20%3E=%208&filters=result.score%20%3C%2035000&sort_by=-json.result.score`,
    atMostMs: 40,
  },
  "results of a site": { path: ({ sites }) => `/results?${PER_PAGE}&site_id=${sites[6]}` },
  "all results": { path: () => `/results?${PER_PAGE}` },
  "search: benchmark and site": {
    path: () => `/results:search?${PER_PAGE}&terms=c-ray&terms=SITE-7.`,
    atMostMs: 100,
  },
  "search: a tag": { path: () => `/results:search?${PER_PAGE}&terms=tag-3`, atMostMs: 100 },
  benchmarks: { path: () => `/benchmarks?${PER_PAGE}` },
};

type Store = { edge: Stack; seeded: Seeded; token: string };

/** Lists, searches and uploads of EOSC-Perf over 100,000 and 1,000,000 results of the c-ray shape, asked by turns. */
export async function benchResults(stack: Stack, report: Report, folder: string): Promise<void> {
  const stores: Store[] = [];
  const load = openLoad();
  const add = (what: string, clients: number, turns: readonly (readonly number[])[], atMostMs?: number) => {
    const [few, many] = turns.map(spreadOf);
    if (few === undefined || many === undefined) throw new Error("two sizes are compared");
    const bounds: Ratio[] =
      atMostMs === undefined || clients > 1
        ? []
        : [{ of: `p50 at 100,000 to ${atMostMs} ms`, value: few.p50 / atMostMs, atMost: 1 }];
    report.add({
      part: "eosc-perf-results",
      mode: stack.mode,
      what: `${what}, ${clients === 1 ? "1 client" : `${clients} clients`}`,
      values: {
        "ms p50 at 100,000": few.p50,
        "ms p99 at 100,000": few.p99,
        "ms p50 at 1,000,000": many.p50,
        "ms p99 at 1,000,000": many.p99,
      },
      ratios: [{ of: "p50", value: many.p50 / few.p50, atMost: AT_MOST }, ...bounds],
    });
  };
  try {
    for (const size of SIZES) stores.push(await storeOf(stack, size, folder));
    for (const [what, { path, atMostMs }] of Object.entries(READS)) {
      const urls = stores.map(({ edge, seeded }) => `${edge.edgeUrl}/eosc-perf${path(seeded)}`);
      const target = { kind: "read", urls, headers: {} } as const;
      for (const connections of CLIENTS) {
        await load.run(target, { loop: "closed", connections, seconds: WARM_UP_SECONDS });
        const { answers } = await load.run(target, { loop: "closed", connections, seconds: SECONDS });
        const turns = stores.map((_, at) => answers.filter(({ index }) => index === at).map(({ ms }) => ms));
        add(what, connections, turns, atMostMs);
      }
    }
    for (const clients of CLIENTS) add("upload", clients, await uploads(stores, clients));
  } finally {
    await load.end();
    for (const { edge } of stores) await edge.stop();
  }
}

/** Uploads a real document again and again, to the stores by turns; milliseconds of each. */
async function uploads(stores: readonly Store[], clients: number): Promise<number[][]> {
  const body = readFileSync(join(SEED, "c-ray", "cesga-1.json"));
  const durations = stores.map((): number[] => []);
  const until = performance.now() + SECONDS * 1_000;
  const client = async () => {
    while (performance.now() < until)
      for (const [at, { edge, seeded, token }] of stores.entries()) {
        const asked = performance.now();
        const query = `execution_datetime=2024-05-01T12:00:00Z&benchmark_id=${seeded.benchmarks[0]}&flavor_id=${seeded.flavors[0]}`;
        const answer = await fetch(`${edge.edgeUrl}/eosc-perf/results?${query}`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          body,
        });
        await answer.arrayBuffer();
        if (answer.status !== 201) throw new Error(`an upload was answered with ${answer.status}`);
        durations[at]?.push(performance.now() - asked);
      }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return durations;
}

/** An edge of the same mode on a database that holds so many results, and a user's token. */
async function storeOf(stack: Stack, size: number, folder: string): Promise<Store> {
  const databaseUrl = await scratchDatabases(stack.databaseUrl).create(`bench_results_${size}`);
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const seeded = await seedResults(pool, size);
  await pool.end();
  const dataDir = join(folder, `results-${size}`);
  const edge = await startEdgeOver(stack, databaseUrl, dataDir);
  const token = await mintToken(dataDir, edge.issuerUrl ?? "", {
    sub: "uploader",
    email: "u@example.org",
    email_verified: true,
  });
  const headers = { authorization: `Bearer ${token}` };
  await fetch(`${edge.edgeUrl}/eosc-perf/users:register`, { method: "POST", headers });
  return { edge, seeded, token };
}

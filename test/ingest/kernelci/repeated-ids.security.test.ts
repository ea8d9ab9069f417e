import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { kernelciFunction } from "../../support/kernelci-function.ts";
import { freshId } from "../../support/kernelci-submissions.ts";

const pool = testPool();
/** What the consumer may take for one such submission on a busy machine. */
const MAX_MS = 90_000;
const COUNT = 200_000;
const VERSION = { major: 5, minor: 3 };
const many = <T>(make: (n: number) => T) => Array.from({ length: COUNT }, (_, n) => make(n));

test.each<[string, "tests" | "builds" | "incidents", (id: string, n: number) => object]>([
  ["tests", "tests", (id) => ({ id, origin: "tests", build_id: "tests:none", status: "PASS" })],
  ["builds", "builds", (id) => ({ id, origin: "tests", checkout_id: "tests:none", status: "PASS" })],
  ["incidents", "incidents", (id) => ({ id, origin: "tests", issue_id: "tests:none", issue_version: 1 })],
])(
  "%s that repeat one id 200,000 times are stored once, in bounded time",
  { timeout: 120_000 },
  async (_name, list, make) => {
    const id = freshId();
    const take = await kernelciFunction();
    const started = performance.now();
    expect(await take([{ version: VERSION, [list]: many((n) => make(id, n)) }])).toEqual([]);
    const ms = Math.round(performance.now() - started);
    expect(ms).toBeLessThan(MAX_MS);
    expect((await pool.query(`select 1 from kernelci.${list} where id = $1`, [id])).rowCount).toBe(1);
  },
);

import { expect, test } from "vitest";
import { printedBytes } from "../../../functions/json-text/printed-size.ts";
import { testPool } from "../../support/database.ts";
import { kernelciFunction } from "../../support/kernelci-function.ts";
import { freshId } from "../../support/kernelci-submissions.ts";

const pool = testPool();
const VERSION = { major: 5, minor: 3 };
const build = (id: string, change: object = {}) => ({ id, origin: "tests", checkout_id: "tests:none", ...change });
const settings = { KERNELCI_MAX_OBJECT_BYTES: "100000" };

async function storedBuilds(...ids: string[]): Promise<number> {
  return (await pool.query("select 1 from kernelci.builds where id = any($1)", [ids])).rowCount ?? 0;
}

async function newestReason(since: string): Promise<unknown> {
  const { rows } = await pool.query(
    "select reason from ledger.rejected where source = 'kernelci' and settled_at >= $1 order by settled_at desc limit 1",
    [since],
  );
  return rows[0]?.reason;
}

test.each<[string, object]>([
  ["a text", { comment: "x".repeat(100_000) }],
  ["free JSON", { misc: { fat: Array.from({ length: 30_000 }, (_, n) => n) } }],
  ["numbers that are printed with 309 digits", { misc: { n: Array.from({ length: 400 }, () => 1e308) } }],
])(
  "an object that %s makes too large is refused with its place and the limit; its companion is stored",
  async (_, fat) => {
    const [good, first, bad] = [freshId(), freshId(), freshId()];
    const before = new Date().toISOString();
    const take = await kernelciFunction(settings);
    const failed = await take([
      { version: VERSION, builds: [build(first), build(bad, fat)] },
      { version: VERSION, builds: [build(good)] },
    ]);
    expect(failed).toEqual([]);
    expect([await storedBuilds(good), await storedBuilds(first, bad)]).toEqual([1, 0]);
    expect(await newestReason(before)).toMatch(
      /^\/builds\/1: takes \d+ bytes, more than KERNELCI_MAX_OBJECT_BYTES \(100000\)$/,
    );
  },
);

test("many objects that are each within the limit are stored", async () => {
  const ids = Array.from({ length: 5 }, () => freshId());
  const take = await kernelciFunction(settings);
  expect(
    await take([{ version: VERSION, builds: ids.map((id) => build(id, { comment: "x".repeat(90_000) })) }]),
  ).toEqual([]);
  expect(await storedBuilds(...ids)).toBe(5);
});

test.each([
  ["1e308", 309],
  ["1.5e3", 4],
  ["1e-3", 5],
  ["123", 3],
])("the number %s counts as what PostgreSQL prints", async (written, digits) => {
  const { rows } = await pool.query<{ printed: string }>("select ($1::jsonb)::text as printed", [`[${written}]`]);
  expect(rows[0]?.printed).toHaveLength(digits + 2);
  const counted = printedBytes(`[${written}]`);
  expect(counted).toBeGreaterThanOrEqual(digits + 2);
  expect(counted).toBeLessThanOrEqual(digits + 4);
});

import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { kernelciFunction } from "../../support/kernelci-function.ts";
import { freshId } from "../../support/kernelci-submissions.ts";

const pool = testPool();
const VERSION = { major: 5, minor: 3 };
const testOf = (id: string, path: string) => ({ id, origin: "tests", build_id: freshId(), path, status: "PASS" });

test.each([
  ["10 MB of segments", "a.".repeat(5_000_000)],
  ["10 MB in one segment", "a".repeat(10_000_000)],
])("a path of %s is refused at once with its reason, and its companion is stored", async (_, path) => {
  const [good, bad] = [freshId(), freshId()];
  const take = await kernelciFunction({ KERNELCI_MAX_OBJECT_BYTES: "100000000" });
  const before = new Date().toISOString();
  const failed = await take([
    { version: VERSION, tests: [testOf(bad, path)] },
    { version: VERSION, tests: [testOf(good, "boot")] },
  ]);
  expect(failed).toEqual([]);
  expect((await pool.query("select 1 from kernelci.tests where id = $1", [good])).rowCount).toBe(1);
  const stored = await pool.query("select 1 from kernelci.tests where id = $1", [bad]);
  const refused = await pool.query(
    "select reason from ledger.rejected where source = 'kernelci' and settled_at >= $1 and size_bytes > 9000000",
    [before],
  );
  expect([stored.rowCount, refused.rows]).toEqual([0, [{ reason: expect.stringMatching(/too large|refuses/) }]]);
});

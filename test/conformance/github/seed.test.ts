import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import * as z from "zod";
import { scratchDatabase } from "../../support/scratch-database.ts";
import { differences } from "./rows.ts";
import { seedFromRest } from "./seed.ts";

const RECORDINGS = join(import.meta.dirname, "..", "recordings", "github");
const Rows = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));

const scratch = scratchDatabase();

test("the recorded REST answers give exactly the recorded rows, and once more give the same", async () => {
  const { db, pool } = scratch();
  const wanted = Rows.parse(
    JSON.parse(gunzipSync(readFileSync(join(RECORDINGS, "seed", "github-iree-like.rows.json.gz"))).toString()),
  );
  expect(wanted.workflowruns?.length).toBe(620);
  for (const _ of ["first", "again"]) {
    await seedFromRest(db, join(RECORDINGS, "rest"));
    expect(await differences(pool, wanted)).toEqual([]);
  }
});

test("the counters of run lists are what counting gives", async () => {
  const { pool } = scratch();
  const { rows } = await pool.query(`
    with counted as (
      select u.repo_id, dimension, value, count(*) as total from github.runs u cross join lateral (values
        ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)
      ) as by(dimension, value) where value is not null group by 1, 2, 3
    )
    select * from counted full join github.run_counts c using (repo_id, dimension, value)
    where counted.total is distinct from nullif(c.total, 0)`);
  expect(rows).toEqual([]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratchDatabase } from "../support/scratch-database.ts";

const scratch = scratchDatabase();
const page = readFileSync(join(import.meta.dirname, "../../docs/sql.md"), "utf8");
const blocks = [...page.matchAll(/^```sql\n([^`]+)^```/gm)].map(([, block = ""]) => block.trim());

test("docs/sql.md has statements", () => expect(blocks.length).toBeGreaterThan(4));

test.each(blocks)("docs/sql.md: %s", async (block) => {
  const client = await scratch().pool.connect();
  try {
    // Roles are shared by all databases of the server, so nothing stays.
    await client.query("begin");
    await client.query(block);
  } finally {
    await client.query("rollback");
    client.release();
  }
});

test("an unquoted Id is answered as id, a quoted alias as written, and a quoted Id not at all", async () => {
  const { pool } = scratch();
  const names = async (list: string) =>
    (await pool.query(`select ${list} from workflowruns`)).fields.map(({ name }) => name);
  expect(await names("Id")).toEqual(["id"]);
  expect(await names('Id as "Id"')).toEqual(["Id"]);
  await expect(names('"Id"')).rejects.toThrow('column "Id" does not exist');
});

test("now() is converted to the session's zone; in UTC it compares as in MySQL", async () => {
  const client = await scratch().pool.connect();
  const isPast = async (zone: string, now: string) => {
    await client.query(`set time zone '${zone}'`);
    const { rows } = await client.query(
      `select (now() at time zone 'UTC')::timestamp < ${now} + interval '1 minute' as past`,
    );
    return rows[0].past;
  };
  expect(await isPast("America/New_York", "now()")).toBe(false);
  expect(await isPast("UTC", "now()")).toBe(true);
  expect(await isPast("America/New_York", "now() at time zone 'UTC'")).toBe(true);
  await client.query("reset time zone");
  client.release();
});

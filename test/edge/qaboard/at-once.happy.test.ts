import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { ask, commitOf, countersOf, freshProject, outputBody, posted } from "../../support/qaboard.ts";

const pool = testPool();

/** Runs so many clients at once, each of which does its own work in turn. */
const clients = <T>(count: number, work: (client: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, client) => work(client)));

/** What a recount gives for the batches of a project, and what is kept. */
async function recounted(project: string) {
  const { rows } = await pool.query(
    `select b.label, array[b.valid_outputs, b.pending_outputs, b.running_outputs, b.failed_outputs, b.deleted_outputs] as kept,
       array[count(o.id) filter (where o.is_failed is not true and not o.is_pending), count(*) filter (where o.is_pending),
         count(*) filter (where o.is_running), count(*) filter (where o.is_failed), count(*) filter (where o.deleted)]::int[] as counted
     from qaboard.batches b join qaboard.ci_commits c on c.id = b.ci_commit_id
     left join qaboard.outputs o on o.batch_id = b.id where c.project_id = $1 group by b.id order by b.label`,
    [project],
  );
  return rows;
}

test("eight clients post first outputs of one new project, commit and batch: every one is stored", async () => {
  const place = freshProject();
  const answers = await clients(8, async (client) => {
    const statuses: number[] = [];
    for (let input = 0; input < 5; input += 1) {
      const path = `${client}/${input}.jpg`;
      const body = outputBody(place, { database: `/data/${place.project}`, input_path: path, is_failed: input === 4 });
      statuses.push((await ask("POST", "/output/", { json: body })).status);
    }
    return statuses;
  });
  expect(answers.flat().filter((status) => status !== 200)).toEqual([]);
  expect(await countersOf(place)).toEqual([32, 0, 0, 8, 0]);
  const { batches } = await commitOf(place);
  expect(Object.keys(batches.default?.outputs ?? {})).toHaveLength(40);
});

test("eight clients post the same output: it is one, and counted once", async () => {
  const place = freshProject();
  const ids = await clients(8, () => posted(place));
  expect(new Set(ids).size).toBe(1);
  expect(await countersOf(place)).toEqual([1, 0, 0, 0, 0]);
});

test("whatever is posted, changed, moved and deleted at once, counters equal a recount", async () => {
  const place = freshProject();
  await clients(8, async (client) => {
    for (let turn = 0; turn < 6; turn += 1) {
      const flags = [{ is_pending: true }, { is_running: true }, { is_failed: true }, {}][(client + turn) % 4];
      const label = ["default", "one", "two"][turn % 3];
      const id = await posted(place, { ...flags, batch_label: label, input_path: `${(client * turn) % 5}.jpg` });
      if (turn % 3 === 0)
        await ask("PUT", `/output/${id}/`, { json: { is_pending: false, is_failed: client % 2 === 0 } });
      if (turn % 4 === 1) await ask("DELETE", `/output/${id}/${client % 2 === 0 ? "" : "?soft=true"}`);
      const batch = (await commitOf(place)).batches[label ?? ""];
      if (turn === 4 && batch !== undefined)
        await ask("POST", "/batch/move/", { json: { id: batch.id, label: "moved", filter: `${client}.jpg` } });
    }
  });
  const rows = await recounted(place.project);
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.map(({ label, kept }) => ({ label, kept }))).toEqual(
    rows.map(({ label, counted }) => ({ label, kept: counted })),
  );
});

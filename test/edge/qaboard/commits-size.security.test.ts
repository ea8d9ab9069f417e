import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { ownEdge } from "../../support/own-edge.ts";
import { ask, freshProject, posted } from "../../support/qaboard.ts";

const pool = testPool();
const edge = ownEdge(() => ({ RESPONSE_MAX_BYTES: "20000" }));
const WINDOW = "from=2026-03-01T00:00:00.000Z&to=2026-03-10T00:00:00.000Z";

/** A commit with that many outputs in each of two batches, each with so many bytes of metrics. */
async function withOutputs(count: number, bytes: number) {
  const place = freshProject();
  for (const batch_label of ["default", "other"]) {
    const id = await posted(place, { batch_label });
    await pool.query(
      `insert into qaboard.outputs (batch_id, test_input_id, output_dir, extra_parameters, metrics)
       select batch_id, test_input_id, output_dir, jsonb_build_object('turn', turn), jsonb_build_object('text', repeat('x', $2))
       from qaboard.outputs, generate_series(2, $3) turn where id = $1`,
      [id, bytes, count],
    );
  }
  const read = async (path: string) =>
    await ask("GET", `${path}${path.includes("?") ? "&" : "?"}project=${place.project}`, {
      base: `${edge().url}/qaboard`,
    });
  return { ...place, read };
}

test("commits whose batches take more bytes together than an answer may have are refused, and shown by the batch", async () => {
  const { hash, read } = await withOutputs(8, 1_000);
  const error = "The answer would take more than 20000 bytes. Ask for less: a shorter time, one batch, or no outputs.";
  for (const path of [
    `/commit/${hash}`,
    "/commit/",
    `/commits/?${WINDOW}&with_outputs=true`,
    `/commits/master?${WINDOW}&with_outputs=true`,
  ])
    expect(await read(path)).toMatchObject({ status: 422, json: { error } });
  expect(await read(`/commit/${hash}?batch=other`)).toMatchObject({ status: 200, json: { id: hash } });
  expect(await read(`/commits/?${WINDOW}`)).toMatchObject({ status: 200, json: [{ id: hash }] });
});

test("commits with more outputs than an answer shows are refused before they are read, and counted all the same", async () => {
  const { hash, project } = await withOutputs(10_001, 1);
  const refused = await ask("GET", `/commit/${hash}?project=${project}`);
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining("more than 20000 rows")]);
  const listed = await ask("GET", `/commits/?project=${project}&${WINDOW}`);
  expect(listed.json).toMatchObject([{ batches: { default: { valid_outputs: 10_001 } } }]);
  const batch = await ask("GET", `/commit/${hash}?project=${project}&batch=default`);
  expect(batch.status).toBe(200);
}, 60_000);

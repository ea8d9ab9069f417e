import { expect, test } from "vitest";
import { testPool } from "../../../support/database.ts";
import { ownEdge } from "../../../support/own-edge.ts";
import { fresh } from "../../../support/qaboard.ts";
import { files } from "../../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../../support/qaboard-output.ts";

const pool = testPool();
const cleaning = ownEdge(() => ({ QABOARD_CLEANING: "on" }));
const bytes = (text: string) => new Uint8Array(Buffer.from(text));

/** An old result of the Git host's project, with a file that its manifest names. */
async function oldOutput(): Promise<{ id: number; folder: string }> {
  const commit = { ...freshCommit(), project: `qa/demo/${fresh("cleaned")}` };
  const output = await postOutput(commit, { project_root: "qa/demo", commit_branch: "feature/x" });
  await files.write(`${output.folder}/out.txt`, bytes("x"));
  await files.write(`${output.folder}/manifest.outputs.json`, bytes('{"out.txt": {}}'));
  await pool.query(
    "update qaboard.ci_commits set latest_output_datetime = now() - interval '40 days' where hexsha = $1",
    [commit.hash],
  );
  return output;
}
const isDeleted = async (id: number) =>
  ((await (await ask("GET", `output/${id}/`)).json()) as { deleted: boolean }).deleted;

test("the schedule has the consumer clean old results", async () => {
  const { id, folder } = await oldOutput();
  await cleaning().scheduled();
  await expect.poll(() => isDeleted(id), { timeout: 20_000 }).toBe(true);
  expect(await files.read(`${folder}/out.txt`, 1_000)).toBeUndefined();
  expect(await files.read(`${folder}/manifest.outputs.json`, 1_000)).toBeDefined();
});

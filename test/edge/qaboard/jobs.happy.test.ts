import { expect, test } from "vitest";
import * as z from "zod";
import { files } from "../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

const Commit = z.object({ batches: z.record(z.string(), z.looseObject({ data: z.looseObject({}) })) });
const Output = z.looseObject({ is_pending: z.boolean(), is_failed: z.boolean().nullable(), data: z.looseObject({}) });

const tuning = {
  batch_label: "tuned",
  selected_group: "mine",
  groups: [],
  platform: "linux",
  user: "ada",
  overwrite: "on",
  android_device: "openstf",
  tuning_search: { search_type: "grid", parameter_search: { x: [1, 2] } },
};

test("a tuning run makes its batch, and shows that no runner took it", async () => {
  const commit = freshCommit();
  await postOutput(commit);
  const answer = await ask("POST", `commit/${commit.hash.slice(0, 10)}/batch?project=${commit.project}`, tuning);
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { cmd: expect.stringContaining("--batch mine"), stdout: expect.any(String) },
  ]);
  const jobOf = async () => {
    const shown = await ask("GET", `commit/${commit.hash}?project=${commit.project}`);
    return Commit.parse(await shown.json()).batches.tuned?.data.job;
  };
  await expect.poll(jobOf, { timeout: 20_000 }).toMatchObject({ state: "failed", reason: "no runner is set" });
});

test("an output that is to run again is pending, and fails when no runner takes it", async () => {
  const commit = freshCommit();
  const { id } = await postOutput(commit);
  await files.write(`${commit.artifacts}/qaboard.yaml`, new Uint8Array(Buffer.from("project: {}")));
  expect((await ask("POST", `output/redo/${id}/`)).status).toBe(200);
  const shown = async () => Output.parse(await (await ask("GET", `output/${id}/`)).json());
  await expect
    .poll(shown, { timeout: 20_000 })
    .toMatchObject({ is_pending: false, is_failed: true, data: { redo_error: "no runner is set" } });
});

test("saving artifacts is answered OK, known commit or not", async () => {
  const commit = freshCommit();
  await postOutput(commit);
  for (const hexsha of [commit.hash, "ffff"]) {
    const answer = await ask("POST", "commit/save-artifacts/", { hexsha, project: commit.project });
    expect([answer.status, await answer.text()]).toEqual([200, "OK"]);
  }
});

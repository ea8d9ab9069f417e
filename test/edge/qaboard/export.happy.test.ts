import { expect, test } from "vitest";
import * as z from "zod";
import { files } from "../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

const Begun = z.object({ export_dir: z.string(), nb_outputs: z.int(), nb_outputs_ref: z.int() });

test("files of outputs and of their references are copied into one folder, named by what differs", async () => {
  const commit = freshCommit();
  const one = await postOutput(commit);
  const other = await postOutput(commit, { batch_label: "tuned", extra_parameters: { x: 1 } });
  for (const { folder } of [one, other]) {
    await files.write(`${folder}/sub/out.txt`, new Uint8Array(Buffer.from(folder)));
    await files.write(`${folder}/other.bin`, new Uint8Array([1]));
  }
  const query = new URLSearchParams({
    project: commit.project,
    new_commit_id: commit.hash,
    ref_commit_id: commit.hash,
  });
  query.set("batch_ref", "tuned");
  query.set("path", "**/*.txt");
  const begun = Begun.parse(await (await ask("GET", `export/?${query}`)).json());
  expect(begun).toMatchObject({ nb_outputs: 1, nb_outputs_ref: 1 });
  expect(begun.export_dir).toMatch(/\/share\/[0-9a-f]{8}$/);
  const names = async () =>
    (await files.list(begun.export_dir, { deep: true })).files.map(({ path }) =>
      path.slice(begun.export_dir.length + 1),
    );
  await expect
    .poll(names, { timeout: 20_000 })
    .toEqual(["0.common.json", "0.mappings.json", "0.qa.html", "0.qa.url", "sub_out.txt", "sub_out@x-1.txt"]);
});

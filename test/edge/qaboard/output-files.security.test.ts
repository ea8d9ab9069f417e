import { expect, test } from "vitest";
import { files } from "../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

const write = async (path: string, text: string) => await files.write(path, new Uint8Array(Buffer.from(text)));
const there = async (path: string) => (await files.open(path, { head: true })) !== undefined;

test.each(["../victim.txt", "a/../../victim.txt", "..%2fvictim.txt", "../../%2e%2e/victim.txt", "..\\victim.txt"])(
  "a manifest that names %s deletes nothing outside of its folder",
  async (name) => {
    const commit = freshCommit();
    const { id, folder } = await postOutput(commit);
    const victim = `${folder.slice(0, folder.lastIndexOf("/"))}/victim.txt`;
    await write(victim, "kept");
    await write(`${folder}/manifest.outputs.json`, JSON.stringify({ [name]: {} }));
    expect((await ask("DELETE", `output/${id}/?soft=true`)).status).toBe(200);
    expect(await there(victim)).toBe(true);
  },
);

test.each(["/", "/mnt", "/mnt/qaboard", "/mnt/qaboard/../..", "/mnt/qaboard/tests/.."])(
  "an output that says its folder is %s deletes no shared folder",
  async (folder) => {
    const commit = freshCommit();
    const kept = `/mnt/qaboard/tests/${commit.run}/kept.txt`;
    await write(kept, "kept");
    const { id } = await postOutput(commit, { output_directory: folder });
    await ask("DELETE", `output/${id}/`);
    expect(await there(kept)).toBe(true);
  },
);

test("a manifest that is no object names nothing", async () => {
  const { id, folder } = await postOutput(freshCommit());
  await write(`${folder}/manifest.outputs.json`, '["out.txt"]');
  await write(`${folder}/out.txt`, "kept");
  expect((await ask("DELETE", `output/${id}/?soft=true`)).status).toBe(200);
  expect(await there(`${folder}/out.txt`)).toBe(true);
});

import { expect, test } from "vitest";
import { files } from "../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

async function outputWith(names: readonly string[], more: object = {}) {
  const { id, folder } = await postOutput(freshCommit(), { ...more });
  for (const name of names) await files.write(`${folder}/${name}`, new Uint8Array(Buffer.from(name)));
  return { id, folder };
}
const namesIn = async (folder: string) =>
  (await files.list(folder, { deep: true })).files.map(({ path }) => path.slice(folder.length + 1));

test("a manifest lists files with their sizes, but for the log, and is stored", async () => {
  const { id, folder } = await outputWith(["out.txt", "sub/a.bin", "log.txt"]);
  const answer = await ask("GET", `output/${id}/manifest/`);
  expect(await answer.json()).toEqual({ "out.txt": { st_size: 7 }, "sub/a.bin": { st_size: 9 } });
  expect(await namesIn(folder)).toContain("manifest.outputs.json");
});

test("a stored manifest is answered as it is, and made anew when asked", async () => {
  const { id, folder } = await outputWith(["out.txt"]);
  await files.write(`${folder}/manifest.outputs.json`, new Uint8Array(Buffer.from('{"other": {"md5": "x"}}')));
  expect(await (await ask("GET", `output/${id}/manifest/`)).json()).toEqual({ other: { md5: "x" } });
  const anew = await ask("GET", `output/${id}/manifest/?refresh=1`);
  expect(Object.keys((await anew.json()) as object)).toContain("out.txt");
});

test("the manifest of an output that runs is made anew each time", async () => {
  const { id, folder } = await outputWith(["out.txt"], { is_running: true });
  await ask("GET", `output/${id}/manifest/`);
  await files.write(`${folder}/later.txt`, new Uint8Array([1]));
  expect(await (await ask("GET", `output/${id}/manifest/`)).json()).toHaveProperty(["later.txt"]);
});

test("a hard deletion takes the folder with it, and nothing beside it", async () => {
  const { id, folder } = await outputWith(["out.txt", "sub/a.bin"]);
  await files.write(`${folder}-beside/kept.txt`, new Uint8Array([1]));
  expect((await ask("DELETE", `output/${id}/`)).status).toBe(200);
  expect(await namesIn(folder)).toEqual([]);
  expect(await namesIn(`${folder}-beside`)).toEqual(["kept.txt"]);
});

test("a soft deletion takes what the manifest names, and keeps the manifests", async () => {
  const { id, folder } = await outputWith(["out.txt", "kept.txt"]);
  const manifest = { "out.txt": {}, "manifest.outputs.json": {}, "manifest.inputs.json": {} };
  await files.write(`${folder}/manifest.outputs.json`, new Uint8Array(Buffer.from(JSON.stringify(manifest))));
  expect((await ask("DELETE", `output/${id}/?soft=true`)).status).toBe(200);
  expect(await namesIn(folder)).toEqual(["kept.txt", "manifest.outputs.json"]);
});

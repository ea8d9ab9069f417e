import { expect, test } from "vitest";
import { files } from "../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

const put = async (path: string, text: string) => await files.write(path, new Uint8Array(Buffer.from(text)));

/** A commit with inputs in its database and a batch file among its artifacts. */
async function withInputs(inputs: readonly string[]) {
  const commit = freshCommit();
  await postOutput(commit);
  for (const input of inputs) await put(`/mnt/qaboard/database/${commit.run}/${input}`, "x");
  await put(`${commit.artifacts}/qa/batches.yaml`, "of-commit:\n  inputs: [a.jpg]\n");
  const save = async (yaml: string, name = "extra-batches") =>
    await ask("POST", `tests/groups?project=${commit.project}&name=${name}`, { groups: yaml });
  const list = async (name: string, groups: unknown = ["extra-batches"]) => {
    const answer = await ask(
      "POST",
      `tests/group?project=${commit.project}&name=${name}&commit=${commit.hash.slice(0, 12)}`,
      { groups },
    );
    return (await answer.json()) as unknown;
  };
  return { ...commit, save, list };
}

test("a saved group is read back as it was written", async () => {
  const { save, project } = await withInputs([]);
  const yaml = "mine: # a comment\n  inputs: [a.jpg]\n";
  expect(await (await save(yaml)).json()).toBe("OK");
  expect(await (await ask("GET", `tests/groups?project=${project}&name=extra-batches`)).text()).toBe(yaml);
});

test("globs, folders, own configurations and a matrix make runs of the files that are there", async () => {
  const { save, list } = await withInputs(["a.jpg", "b.png", "sub/c.jpg", "sub/deep/d.jpg"]);
  await save(
    [
      "globbed: {inputs: ['*.jpg', 'sub/**/*.jpg']}",
      "own: {configurations: [base], inputs: [[a.jpg, {gain: 2}], {b.png: night}]}",
      "missing: {inputs: [nothing.jpg]}",
      "folder: {inputs: [sub]}",
      `many: {inputs: [a.jpg], matrix: {x: [1, 2]}, configurations: [{x: '${"$"}{matrix.x}'}]}`,
    ].join("\n"),
  );
  const run = (input_path: string, ...configurations: unknown[]) => ({ input_path, configurations });
  const paths = [run("a.jpg"), run("sub/c.jpg"), run("sub/deep/d.jpg")];
  expect(await list("globbed")).toEqual({ message: null, tests: paths });
  expect(await list("own")).toEqual({
    message: null,
    tests: [run("a.jpg", "base", { gain: 2 }), run("b.png", "base", "night")],
  });
  expect(await list("missing")).toEqual({ message: null, tests: [] });
  expect(await list("folder")).toEqual({ message: null, tests: [run("sub")] });
  expect(await list("many")).toEqual({ message: null, tests: [run("a.jpg", { x: 1 }), run("a.jpg", { x: 2 })] });
});

test("saved groups override the commit's batches", async () => {
  const { save, list } = await withInputs(["a.jpg", "b.jpg"]);
  expect(await list("of-commit", [])).toMatchObject({ tests: [{ input_path: "a.jpg" }] });
  await save("of-commit: {inputs: [b.jpg]}");
  expect(await list("of-commit")).toMatchObject({ tests: [{ input_path: "b.jpg" }] });
});

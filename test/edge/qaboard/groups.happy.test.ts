import { expect, test } from "vitest";
import { files } from "../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

const put = async (path: string, text: string) => await files.write(path, new Uint8Array(Buffer.from(text)));

type Config = { project?: object; inputs?: object };

/** A commit with inputs in its database and a batch file among its artifacts. */
async function withInputs(inputs: readonly string[], { project = {}, inputs: settings = {} }: Config = {}) {
  const commit = freshCommit();
  const database = `/mnt/qaboard/database/${commit.run}`;
  const qaboard_config = {
    project: { name: commit.project, ...project },
    storage: "/mnt/qaboard",
    inputs: { database, batches: ["qa/batches.yaml"], ...settings },
  };
  await postOutput(commit, { qaboard_config });
  for (const input of inputs) await put(`${database}/${input}`, "x");
  await put(`${commit.artifacts}/qa/batches.yaml`, "of-commit:\n  inputs: [a.jpg]\n");
  const save = async (yaml: string, name = "extra-batches") =>
    await ask("POST", `tests/groups?project=${commit.project}&name=${name}`, { groups: yaml });
  const post = async (input_path: string, input_metadata: object) =>
    await postOutput(commit, { input_path, input_metadata });
  const list = async (name: string, groups: unknown = ["extra-batches"]) => {
    const answer = await ask(
      "POST",
      `tests/group?project=${commit.project}&name=${name}&commit=${commit.hash.slice(0, 12)}`,
      { groups },
    );
    return (await answer.json()) as unknown;
  };
  return { ...commit, save, list, post };
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

test("a batch without inputs takes all of its type's database, a folder the files that globs name", async () => {
  const config = { inputs: { globs: "*.raw", types: { calibration: { globs: ["*.yml"] } } } };
  const { save, list } = await withInputs(["a.raw", "sub/b.raw", "sub/c.yml", "d.txt"], config);
  await save(
    "all: {platform: linux}\nfolder: {inputs: ['s*']}\ntyped: {type: calibration}\nown: {glob: '*.txt'}\nunknown: {type: none}",
  );
  const paths = (...found: string[]) => ({
    message: null,
    tests: found.map((input_path) => ({ input_path, configurations: [] })),
  });
  expect(await list("all")).toEqual(paths("a.raw", "sub/b.raw"));
  expect(await list("folder")).toEqual(paths("sub/b.raw"));
  expect(await list("typed")).toEqual(paths("sub/c.yml"));
  expect(await list("own")).toEqual(paths("d.txt"));
  expect(await list("unknown")).toEqual({ tests: [], error: "The input type none is not defined in qaboard.yaml." });
});

test("use_parent_folder makes inputs of the folders of what globs name", async () => {
  const { list } = await withInputs(["a/x.raw", "b/c/y.raw", "z.txt"], {
    inputs: { globs: "*.raw", use_parent_folder: true },
  });
  expect(await list("*")).toMatchObject({ tests: [{ input_path: "a" }, { input_path: "b/c" }] });
});

test("only and exclude filter inputs by the metadata that results brought", async () => {
  const { save, list, post } = await withInputs(["a.raw", "b.raw", "c.raw", "unknown.raw"], {
    inputs: { globs: "*.raw" },
  });
  await post("a.raw", { scene: { light: "Night-1" }, iso: 800, tags: "x" });
  await post("b.raw", { scene: { light: "day" }, iso: 100 });
  await post("c.raw", { scene: { light: "night" }, iso: 100, is_hdr: true });
  await save(
    [
      "night: {only: {scene: {light: 'NIGHT*'}}}",
      "quiet: {exclude: {iso: '>=200'}}",
      "either: {only: [{iso: 800}, {is_hdr: true}]}",
      "both: {only: {iso: '==100'}, exclude: {scene: {light: day}}}",
      "named: {only: {rel_input_path: 'b*'}}",
      "empty: {only: {}, exclude: []}",
    ].join("\n"),
  );
  const names = async (batch: string) =>
    ((await list(batch)) as { tests: { input_path: string }[] }).tests.map(({ input_path }) => input_path);
  expect(await names("night")).toEqual(["a.raw", "c.raw"]);
  expect(await names("quiet")).toEqual(["b.raw", "c.raw", "unknown.raw"]);
  expect(await names("either")).toEqual(["a.raw", "c.raw"]);
  expect(await names("both")).toEqual(["c.raw"]);
  expect(await names("named")).toEqual(["b.raw"]);
  expect(await names("empty")).toEqual(["a.raw", "b.raw", "c.raw", "unknown.raw"]);
});

test("an entrypoint that finds inputs by itself is told of in place of runs that qa would not make", async () => {
  const { list, artifacts } = await withInputs(["a.raw"], { project: { entrypoint: "qa/main.py" } });
  await put(`${artifacts}/qa/main.py`, "def run(ctx):\n    pass\n");
  expect(await list("a.raw")).toMatchObject({ tests: [{ input_path: "a.raw" }] });
  await put(
    `${artifacts}/qa/main.py`,
    "def iter_inputs(path, database, only, exclude, inputs_settings):\n    yield {}\n",
  );
  expect(await list("a.raw")).toEqual({
    tests: [],
    error: expect.stringContaining("qa/main.py finds the inputs by its own iter_inputs()"),
  });
});

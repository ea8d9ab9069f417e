import { expect, test } from "vitest";
import { ask, commitBody, commitOf, countersOf, freshProject, posted, postedBatch } from "../../support/qaboard.ts";

test("data are merged at the top, commands by their id, and a folder that is left out is the conventional one", async () => {
  const place = freshProject();
  await postedBatch(place, {
    batch_dir: "/mnt/own folder",
    data: { a: 1.5, b: { x: 1 } },
    command: { one: { runner: "local" } },
  });
  expect((await commitOf(place)).batches.default?.batch_dir_url).toBe("/s/mnt/own%20folder");
  await postedBatch(place, { data: { b: { y: 2 } }, command: { two: { runner: "lsf" } } });
  expect((await commitOf(place)).batches.default).toMatchObject({
    batch_dir_url: `/s${place.folder}/output`,
    data: { a: 1.5, b: { y: 2 }, commands: { one: { runner: "local" }, two: { runner: "lsf" } } },
  });
});

test("a configuration that differs from the commit's is the batch's own", async () => {
  const place = freshProject();
  await postedBatch(place);
  const config = { project: { name: "other" } };
  await postedBatch(place, { batch_label: "own", qaboard_config: config, qaboard_metrics: { main_metrics: [] } });
  const { batches } = await commitOf(place);
  expect(batches.default?.data).toEqual({});
  expect(batches.own?.data).toEqual({ config, qatools_metrics: { main_metrics: [] } });
});

test("stopping clears pending and running flags, and only those", async () => {
  const place = freshProject();
  const id = await postedBatch(place, { command: { one: { runner: "local" } } });
  await posted(place, { input_path: "a", is_running: true });
  await posted(place, { input_path: "b", is_failed: true });
  expect((await ask("POST", "/batch/stop/", { json: { id } })).json).toEqual({});
  expect(await countersOf(place)).toEqual([1, 0, 0, 1, 0]);
  expect((await ask("POST", "/batch/stop/", { json: { id: String(id) } })).json).toEqual({});
});

test("a batch is renamed, and keeps its outputs", async () => {
  const place = freshProject();
  await posted(place, { batch_label: "before" });
  const id = (await commitOf(place)).batches.before?.id;
  const answer = await ask("POST", "/batch/rename/", { json: { id, label: "after" } });
  expect([answer.status, answer.json]).toEqual([200, { status: "OK" }]);
  const { batches } = await commitOf(place);
  expect(Object.keys(batches)).toEqual(["after"]);
  expect(batches.after).toMatchObject({ id, valid_outputs: 1 });
});

test.each([
  ["a part of the path", "b.jpg", ["b.jpg"]],
  ["all of several parts", "jpg linux gain:2", ["a.jpg"]],
  ["a part that must not be there", "-a.jpg", ["b.jpg", "c.jpg"]],
  ["a parameter with a blank", "gain: 2", ["a.jpg"]],
  ["an expression", "^[ab]\\.jpg", ["a.jpg", "b.jpg"]],
  ["a state", "fail", ["c.jpg"]],
  ["metadata", "iso:800", ["b.jpg"]],
  ["quotes, which are left out", '"gain": "2"', ["a.jpg"]],
  ["nothing that is there", "iso=100", []],
  ["blanks alone, which is all", " ", ["a.jpg", "b.jpg", "c.jpg"]],
])("a filter moves what holds %s", async (_, filter, moved) => {
  const place = freshProject();
  const database = { database: `/data/${place.project}` };
  await posted(place, { ...database, input_path: "a.jpg", extra_parameters: { gain: 2 } });
  await posted(place, { ...database, input_path: "b.jpg", input_metadata: { iso: 800 } });
  await posted(place, { ...database, input_path: "c.jpg", is_failed: true, configurations: ["nicht", { x: 1 }] });
  const id = (await commitOf(place)).batches.default?.id;
  expect((await ask("POST", "/batch/move/", { json: { id, label: "target", filter } })).status).toBe(200);
  const { batches } = await commitOf(place);
  const paths = (label: string) =>
    Object.values(batches[label]?.outputs ?? {})
      .map(({ test_input_path }) => test_input_path)
      .sort();
  expect(paths("target")).toEqual(moved);
  expect(paths("default")).toEqual(["a.jpg", "b.jpg", "c.jpg"].filter((path) => !moved.includes(path)));
  expect("default" in batches).toBe(moved.length < 3);
});

test("an output stays beside its like in the batch it moves to", async () => {
  const place = freshProject();
  const moved = await posted(place, { metrics: { loss: 1 } });
  const there = await posted(place, { batch_label: "target", metrics: { loss: 2 } });
  const id = (await commitOf(place)).batches.default?.id;
  await ask("POST", "/batch/move/", { json: { id, label: "target" } });
  expect(Object.keys((await commitOf(place)).batches.target?.outputs ?? {})).toEqual([moved, there].map(String));
  expect(await posted(place, { batch_label: "target", metrics: { loss: 3 } })).toBe(there);
});

test("the best iteration's outputs replace those of the best one before; ended iterations go, later ones stay", async () => {
  const place = freshProject();
  const iterate = async (iteration: number, isBest: boolean) => {
    const label = `opt|iter${iteration}`;
    for (const input_path of ["a", "b", "c"])
      await posted(place, { batch_label: label, input_path, extra_parameters: { x: iteration } });
    await posted(place, { batch_label: "opt", input_type: "optim_iteration", extra_parameters: { x: iteration } });
    const best = isBest ? { is_best_iter: true, best_params: { x: iteration } } : {};
    const data = { optimization: true, iteration, iteration_label: label, ...best };
    await ask("POST", "/batch/", { json: commitBody(place, { batch_label: "opt", data }) });
  };
  const parameters = async () =>
    Object.values((await commitOf(place)).batches.opt?.outputs ?? {})
      .filter(({ output_type }) => output_type === "image")
      .map(({ extra_parameters }) => extra_parameters);
  await posted(place, { batch_label: "opt|iter9" });
  await posted(place, { batch_label: "opt|iterx" });
  await iterate(1, true);
  expect(await parameters()).toEqual([{ x: 1 }, { x: 1 }, { x: 1 }]);
  await iterate(2, false);
  expect(await parameters()).toEqual([{ x: 1 }, { x: 1 }, { x: 1 }]);
  await iterate(3, true);
  expect(await parameters()).toEqual([{ x: 3 }, { x: 3 }, { x: 3 }]);
  const { batches } = await commitOf(place);
  expect(Object.keys(batches).sort()).toEqual(["opt", "opt|iter9", "opt|iterx"]);
  expect(batches.opt).toMatchObject({ valid_outputs: 6, data: { best_iter: 3, best_params: { x: 3 } } });
});

test("deleting failed outputs keeps the others, deleting all removes the batch and keeps the commit", async () => {
  const place = freshProject();
  await posted(place, { input_path: "a" });
  await posted(place, { input_path: "b", is_failed: true });
  const id = (await commitOf(place)).batches.default?.id;
  expect((await ask("DELETE", `/batch/${id}/?soft=true&only_failed=true`)).status).toBe(200);
  expect(await countersOf(place)).toEqual([1, 0, 0, 1, 1]);
  expect((await ask("DELETE", `/batch/${id}/?only_failed=true`)).status).toBe(200);
  expect(await countersOf(place)).toEqual([1, 0, 0, 0, 0]);
  expect((await ask("DELETE", `/batch/${id}/`)).json).toEqual({ status: "OK" });
  expect((await commitOf(place)).batches).toEqual({});
});

test("the batches of a commit are deleted under its hash, with and without its project", async () => {
  for (const path of [(hash: string) => hash, (hash: string, project: string) => `${project}/${hash}`]) {
    const place = freshProject();
    await posted(place);
    await posted(place, { batch_label: "tuned" });
    const answer = await ask("DELETE", `/commit/${path(place.hash, place.project)}/batches/`);
    expect([answer.status, answer.json]).toEqual([200, { status: "OK" }]);
    expect((await commitOf(place)).batches).toEqual({});
  }
});

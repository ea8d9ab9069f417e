import { expect, test } from "vitest";
import { ask, commitOf, countersOf, fresh, freshProject, outputBody, posted } from "../../support/qaboard.ts";

test("numbers are kept as they were written", async () => {
  const place = freshProject();
  const json = JSON.stringify(outputBody(place, { metrics: {}, data: {}, extra_parameters: {} }));
  const body = json
    .replace('"metrics":{}', '"metrics":{"one":1.0,"large":12345678901234567890,"small":1e-12}')
    .replace('"data":{}', '"data":{"version":2.50}')
    .replace('"extra_parameters":{}', '"extra_parameters":{"gain":3.0}');
  const answer = await ask("POST", "/output/", { body });
  expect(answer.status).toBe(200);
  const { text } = await ask("GET", `/commit/${place.hash}?project=${place.project}`);
  for (const shown of [answer.text, text]) {
    expect(shown).toMatch(/"one" ?: ?1\.0\b/);
    expect(shown).toMatch(/"large" ?: ?12345678901234567890\b/);
    expect(shown).toMatch(/"small" ?: ?0\.000000000001\b/);
    expect(shown).toMatch(/"version" ?: ?2\.50\b/);
    expect(shown).toMatch(/"gain" ?: ?3\.0\b/);
  }
});

test("the order of members and the spelling of numbers do not make another output, the order of a list does", async () => {
  const place = freshProject();
  const body = (configurations: string, parameters: string) =>
    JSON.stringify(outputBody(place, { configurations: "C", extra_parameters: "P" }))
      .replace('"C"', configurations)
      .replace('"P"', parameters);
  const spellings = [
    body('["a",{"gain":1}]', '{"x":1,"y":[10,0.5]}'),
    body('["a",{"gain":1.0}]', '{"y":[10.00,0.50],"x":1.0}'),
    body('["a",{"gain":1e0}]', '{"y":[1e1,5e-1],"x":1.000}'),
  ];
  const others = [
    body('[{"gain":1},"a"]', '{"x":1,"y":[10,0.5]}'),
    body('["a",{"gain":10}]', '{"x":1,"y":[10,0.5]}'),
    body('["a",{"gain":"1.0"}]', '{"x":1,"y":[10,0.5]}'),
    body('["a",{"gain":"1"}]', '{"x":1,"y":[10,0.5]}'),
    body('["a",{"gain":1}]', '{"x":1,"y":[[10],0.5]}'),
    body('["a",{"gain":1}]', '{"x":1,"y":[[10,0.5]]}'),
  ];
  const ids = [];
  for (const sent of [...spellings, ...others])
    ids.push(Object((await ask("POST", "/output/", { body: sent })).json).id);
  expect(new Set(ids.slice(0, 3)).size).toBe(1);
  expect(new Set(ids).size).toBe(1 + others.length);
  expect(await countersOf(place)).toEqual([7, 0, 0, 0, 0]);
});

test("a run that starts again keeps its metrics until it is finished", async () => {
  const place = freshProject();
  const id = await posted(place, { metrics: { loss: 2, is_failed: true } });
  expect(await countersOf(place)).toEqual([0, 0, 0, 1, 0]);
  const again = await ask("POST", "/output/", { json: outputBody(place, { is_running: true, metrics: { loss: 9 } }) });
  expect(again.json).toMatchObject({ id, metrics: { loss: 2 }, is_failed: true, is_pending: true, is_running: true });
  expect(await countersOf(place)).toEqual([0, 1, 1, 1, 0]);
  await posted(place, { metrics: { loss: 3 } });
  expect((await ask("GET", `/output/${id}/`)).json).toMatchObject({ metrics: { loss: 3 }, is_failed: null });
  expect(await countersOf(place)).toEqual([1, 0, 0, 0, 0]);
});

test("metadata belong to the input, whichever output brings them", async () => {
  const [one, two] = [freshProject(), freshProject()];
  const input = { database: "/data/shared", input_path: fresh("input") };
  const id = await posted(one, input);
  expect((await ask("GET", `/output/${id}/`)).json).toMatchObject({ test_input_metadata: {} });
  await posted(two, { ...input, input_metadata: { iso: 100, tags: ["day"] } });
  expect((await ask("GET", `/output/${id}/`)).json).toMatchObject({ test_input_metadata: { iso: 100, tags: ["day"] } });
  await posted(two, { ...input, input_metadata: { iso: 100 } });
  await posted(two, { ...input, input_metadata: {} });
  expect((await ask("GET", `/output/${id}/`)).json).toMatchObject({ test_input_metadata: { iso: 100 } });
});

test("an output is changed in parts, and counters follow", async () => {
  const place = freshProject();
  const id = await posted(place, { is_pending: true, data: { kept: 1 } });
  const changed = await ask("PUT", `/output/${id}/`, {
    json: { is_pending: false, is_failed: true, data: { more: 2 }, metrics: { loss: 7 }, label: "ignored" },
  });
  expect(changed).toMatchObject({
    status: 200,
    json: { id, is_pending: false, is_failed: true, data: { kept: 1, more: 2, user: "ada" }, metrics: { loss: 7 } },
  });
  expect(await countersOf(place)).toEqual([0, 0, 0, 1, 0]);
});

test("a deleted output is gone, its batch stays; a soft deletion keeps what was measured", async () => {
  const place = freshProject();
  const [kept, gone] = [await posted(place), await posted(place, { input_path: "b.jpg" })];
  expect((await ask("DELETE", `/output/${kept}/?soft=true`)).json).toEqual({ status: "OK" });
  expect((await ask("DELETE", `/output/${gone}/`)).json).toEqual({ status: "OK" });
  expect(await countersOf(place)).toEqual([1, 0, 0, 0, 1]);
  const { batches } = await commitOf(place);
  expect(batches.default?.outputs).toEqual({
    [kept]: expect.objectContaining({ deleted: true, metrics: { is_failed: false, loss: 1.5 } }),
  });
});

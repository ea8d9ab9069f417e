import { expect, test } from "vitest";
import { files } from "../../support/qaboard-files.ts";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

const lines = [
  "a: &a [l,l,l,l,l,l,l,l,l]",
  ..."bcdefgh".split("").map((name, at) => `${name}: &${name} [${`*${"abcdefg"[at]},`.repeat(9)}]`),
];

test("YAML whose aliases explode is refused, and not kept", async () => {
  const { project } = freshCommit();
  const path = `tests/groups?project=${project}&name=extra-batches`;
  const answer = await ask("POST", path, { groups: lines.join("\n") });
  expect(answer.status).toBe(400);
  expect(await (await ask("GET", path)).text()).toContain("# Docs:");
});

/** Lists the runs of a saved group of tests. */
async function listRuns(yaml: string, name: string) {
  const commit = freshCommit();
  await postOutput(commit);
  await files.write(`/mnt/qaboard/database/${commit.run}/a.raw`, new Uint8Array(Buffer.from("x")));
  await ask("POST", `tests/groups?project=${commit.project}&name=g`, { groups: yaml });
  const path = `tests/group?project=${commit.project}&name=${name}&commit=${commit.hash}`;
  const answer = await ask("POST", path, { groups: ["g"] });
  return { status: answer.status, body: (await answer.json()) as unknown };
}

test.each([
  ["lead round", "aliases: {a: [b, b, b], b: [a, a, a]}"],
  [
    "multiply",
    `aliases: {${[..."abcdefghi"].map((name, at) => `${name}: [${Array(20).fill("bcdefghij"[at])}]`).join(", ")}}`,
  ],
])(
  "aliases of groups that %s end",
  async (_, yaml) => expect(await listRuns(yaml, "a")).toMatchObject({ status: 200, body: { tests: [] } }),
  5_000,
);

test("a filter that compares with too much is refused with the reason", async () => {
  const yaml = `g: {only: {iso: [${Array.from({ length: 300 }, (_, at) => at)}]}, globs: ['*']}`;
  const error = "A filter compares with more than 200 values.";
  expect((await listRuns(yaml, "g")).body).toEqual({ tests: [], error });
});

test("members that every object has are no metadata", async () => {
  const yaml = (filter: string) => `g: {only: {constructor: '${filter}'}, globs: ['*']}`;
  expect((await listRuns(yaml("*"), "g")).body).toMatchObject({ tests: [{ input_path: "a.raw" }] });
  expect((await listRuns(yaml("?*"), "g")).body).toMatchObject({ tests: [] });
});

test.each(["../../raw", "/etc/passwd", "..\\..\\raw", "%2e%2e/raw"])("an input of %s finds nothing", async (input) => {
  const commit = freshCommit();
  await postOutput(commit);
  const groups = `g: {database: /mnt/qaboard/database, inputs: [${JSON.stringify(input)}]}`;
  await ask("POST", `tests/groups?project=${commit.project}&name=g`, { groups });
  const answer = await ask("POST", `tests/group?project=${commit.project}&name=g&commit=${commit.hash}`, {
    groups: ["g"],
  });
  expect(await answer.json()).toMatchObject({ tests: [] });
});

test("names of groups reach no files", async () => {
  await files.write("/mnt/qaboard/tests/secret.yml", new Uint8Array(Buffer.from("secret: 1")));
  const answer = await ask("GET", "tests/groups?project=a&name=../../tests/secret");
  expect(await answer.text()).not.toContain("secret: 1");
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
});

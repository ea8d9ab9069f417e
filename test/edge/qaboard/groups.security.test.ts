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

test("aliases of groups that lead round end", async () => {
  const commit = freshCommit();
  await postOutput(commit);
  await ask("POST", `tests/groups?project=${commit.project}&name=g`, {
    groups: "aliases: {a: [b, b, b], b: [a, a, a]}",
  });
  const answer = await ask("POST", `tests/group?project=${commit.project}&name=a&commit=${commit.hash}`, {
    groups: ["g"],
  });
  expect(answer.status).toBe(200);
}, 20_000);

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

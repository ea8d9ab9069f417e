import { expect, test } from "vitest";
import * as z from "zod";
import { ask } from "../../support/kernelci-reads.ts";

const HISTORY = "/tree/mainline/master/abc/commits";
const BY_COMMIT = "/tree/abc/commits";
const CHOSEN = "/tree/commits-history";
const Fault = z.object({ type: z.string(), loc: z.tuple([z.string()]), msg: z.string(), url: z.url() });

/** The parameter that a 400 of style E names. */
async function faultOf(path: string) {
  const answer = await ask(path);
  expect(answer.status, path).toBe(400);
  const { error } = z.strictObject({ error: z.string() }).parse(await answer.json());
  const [fault] = z.array(Fault).parse(JSON.parse(error));
  return `${fault?.type} ${fault?.loc[0]}`;
}

test("the origin must be given, though the description names a default elsewhere", async () => {
  expect(await faultOf(HISTORY)).toBe("missing origin");
  expect(await faultOf(BY_COMMIT)).toBe("missing origin");
  expect(await faultOf(`${CHOSEN}?commit_hashes=abc`)).toBe("missing origin");
});

test("chosen commits must be named", async () => {
  expect(await faultOf(`${CHOSEN}?origin=maestro`)).toBe("missing commit_hashes");
  expect(await faultOf(`${CHOSEN}?origin=maestro&commit_hashes=`)).toBe("value_error commit_hashes");
  expect(await faultOf(`${CHOSEN}?origin=maestro&commit_hashes=,%20,`)).toBe("value_error commit_hashes");
});

test.each([HISTORY, BY_COMMIT, CHOSEN])("%s refuses what it does not know", async (path) => {
  const query = `${path}?origin=maestro&commit_hashes=abc`;
  expect(await faultOf(`${query}&types=builds,things`)).toBe("literal_error types");
  expect(await faultOf(`${query}&types=Builds`)).toBe("literal_error types");
  expect(await faultOf(`${query}&builds_related_to_filtered_tests_only=perhaps`)).toBe(
    "bool_parsing builds_related_to_filtered_tests_only",
  );
  const operator = await ask(`${query}&filter_test.duration_[near]=5`);
  expect(operator.status).toBe(400);
  expect(await operator.json()).toEqual({ error: "Filter with invalid comparison operator `near` found`" });
  expect((await ask(`${query}&filter_build.issue=nothing`)).status).toBe(400);
});

test("unknown commits, and a list without an origin, are not found with 200", async () => {
  const paths = [
    `${HISTORY}?origin=maestro`,
    `${BY_COMMIT}?origin=maestro`,
    `${CHOSEN}?origin=maestro&commit_hashes=abc`,
    "/tree/mainline/master/commits",
    "/tree/mainline/master/commits?origin=",
    "/tree/nothing/nowhere/commits?origin=maestro",
  ];
  for (const path of paths) {
    const answer = await ask(path);
    expect(answer.status, path).toBe(200);
    expect(await answer.json()).toEqual({ error: "History of tree commits not found" });
  }
});

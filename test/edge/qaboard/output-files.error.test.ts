import { expect, test } from "vitest";
import { ask, freshCommit, postOutput } from "../../support/qaboard-output.ts";

test("an output whose folder holds nothing has no manifest", async () => {
  const { id } = await postOutput(freshCommit());
  const answer = await ask("GET", `output/${id}/manifest/`);
  expect([answer.status, await answer.json()]).toEqual([404, { error: "There is nothing in the output's folder." }]);
});

test.each(["999999999", "x", "-1"])("there is no manifest of output %s", async (id) => {
  expect([400, 404]).toContain((await ask("GET", `output/${id}/manifest/`)).status);
});

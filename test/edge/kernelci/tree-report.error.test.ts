import { expect, test } from "vitest";
import * as z from "zod";
import { ask } from "../../support/kernelci-reads.ts";

const GIVEN = "/tree-report/?git_url=u&git_branch=b";
const Fault = z.looseObject({ type: z.string(), loc: z.array(z.union([z.string(), z.int()])) });

/** The parameters that a 400 of style E names. */
async function faultsOf(path: string) {
  const answer = await ask(path);
  expect(answer.status, path).toBe(400);
  const { error } = z.strictObject({ error: z.string() }).parse(await answer.json());
  return z
    .array(Fault)
    .parse(JSON.parse(error))
    .map(({ type, loc }) => `${type} ${loc.join(".")}`);
}

test("branch and repository must be given", async () => {
  expect(await faultsOf("/tree-report/")).toEqual(["missing git_branch", "missing git_url"]);
  expect(await faultsOf("/tree-report/?git_url=u")).toEqual(["missing git_branch"]);
});

test.each([
  ["group_size=1", "greater_than group_size"],
  ["group_size=many", "int_parsing group_size"],
  ["max_age_in_hours=0", "greater_than max_age_in_hours"],
  ["max_age_in_hours=721", "less_than_equal max_age_in_hours"],
  ["max_age_in_hours=1.5", "int_parsing max_age_in_hours"],
  ["min_age_in_hours=now", "int_parsing min_age_in_hours"],
  ["path=half%5C", "value_error path.0"],
])("%s is refused", async (query, fault) => {
  expect(await faultsOf(`${GIVEN}&${query}`)).toEqual([fault]);
});

test("the least age must be below the greatest", async () => {
  for (const query of ["min_age_in_hours=24", "min_age_in_hours=5&max_age_in_hours=5"]) {
    const answer = await ask(`${GIVEN}&${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: "Minimum age can't be greater than or equal to the maximum age",
    });
  }
});

test("no checkout in the interval is not found with 200", async () => {
  const answer = await ask(GIVEN);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ error: "Tree not found in the given interval" });
});

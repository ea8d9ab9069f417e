import { expect, test } from "vitest";
import { invalid, said, somebody } from "../../support/eosc-perf.ts";

const { token } = await somebody("admin");

test.each([
  ["resource_type=result", { resource_type: ["Must be one of: benchmark, claim, site, flavor."] }],
  ["status=approved", { status: ["Unknown field."] }],
  ["upload_after=yesterday", { upload_after: ["Not a valid date."] }],
])("GET /reports/submits?%s says what is wrong", async (query, errors) => {
  expect(await said("GET", `/reports/submits?${query}`, { token })).toEqual(invalid("query", errors));
});

test("submits can't be sorted by what they do not show as theirs", async () => {
  expect(await said("GET", "/reports/submits?sort_by=%2Bresource_id", { token })).toMatchObject([
    422,
    { message: { KeyError: "Unexpected field 'resource_id'" } },
  ]);
});

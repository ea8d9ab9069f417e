import { expect, test } from "vitest";
import { call, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, uploadPath } from "../../support/eosc-perf-results.ts";

const { token } = await somebody();
const admin = await somebody("admin");

test("patterns in a benchmark's schema are Python's", async () => {
  const place = await approvedPlace(token, admin.token, { properties: { cpu: { pattern: "(?i)^amd [^\\W\\d]+\\Z" } } });
  const upload = (cpu: string) => call("POST", uploadPath(place), { token, json: { cpu } });
  expect((await upload("AMD Epyc")).status).toBe(201);
  expect(await upload("AMD 7")).toMatchObject({
    status: 422,
    json: { errors: { error: "'AMD 7' does not match '(?i)^amd [^\\\\W\\\\d]+\\\\Z'", path: "deque(['cpu'])" } },
  });
});

import { describe, expect, inject, test } from "vitest";
import * as z from "zod";
import { TURBINE_LIKE } from "../../support/github-rest.ts";
import { ended } from "../../support/github-stack.ts";
import { bearer, NOWHERE, OWN, ownEdge } from "../../support/own-edge.ts";

const Begun = z.looseObject({ url: z.url() });
const Refusal = z.looseObject({ errors: z.array(z.looseObject({ field: z.string() })) });
const { edgeUrl, adminToken } = inject("stack");
const withoutQueue = ownEdge(() => ({ QUEUE_URL: `http://${NOWHERE}/queue` }));

const begin = (body: string, repo = TURBINE_LIKE) =>
  fetch(`${edgeUrl}/github/repos/${repo}/scrapes`, { method: "POST", headers: bearer(adminToken), body });

test.each([
  ["not JSON", "{"],
  ["more than it may be", `{"since": "${"x".repeat(20_000)}"}`],
])("a body that is %s: 400", async (_, body) => {
  const answer = await begin(body);
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({ message: "Problems parsing JSON" }),
  ]);
});

test.each([
  ['{"max_runs": 0}', ["max_runs"]],
  ['{"max_runs": 1.5, "jobs": "yes"}', ["max_runs", "jobs"]],
  ['{"max_runs": "10"}', ["max_runs"]],
  ['{"since": "yesterday"}', ["since"]],
  ['{"runs": 10}', ["runs"]],
  ["[]", []],
  ["null", []],
])("%s: 422, naming what is wrong", async (body, fields) => {
  const answer = await begin(body);
  expect(answer.status).toBe(422);
  const { errors } = Refusal.parse(await answer.json());
  expect(errors.map(({ field }) => field)).toEqual(fields);
});

test("a name that no repository can have: 404", async () => {
  for (const repo of ["a%20b/c", "a/b%00", "%2e%2e/%2fx"]) expect((await begin("{}", repo)).status).toBe(404);
});

test("an unknown repository fails with the reason", async () => {
  const { url } = Begun.parse(await (await begin("{}", "iree-org/not-there")).json());
  expect(await ended(url, 20_000)).toMatchObject({ state: "failed", last_error: "GitHub answered 404: Not Found" });
});

describe("while the queue is away", () => {
  test.each(["/github/repos/a/b/scrapes", "/github/recoveries"])("POST %s: 503", async (path) => {
    const answer = await fetch(withoutQueue().url + path, { method: "POST", headers: bearer(OWN.adminToken) });
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("10");
  });
});

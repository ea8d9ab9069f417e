import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { githubBase, IREE, read, seeded } from "../../support/github-reads.ts";

seeded();
const pool = testPool();

const NAMES = ["summary", "timeseries", "waterfall", "flaky", "queue-times", "failures"];
const invalid = (...fields: string[]) => [
  422,
  {
    message: "Validation Failed",
    documentation_url: expect.any(String),
    status: "422",
    errors: fields.map((field) => ({ resource: "Insight", field, code: "invalid" })),
  },
];

async function answered(path: string) {
  const answer = await read(path);
  return [answer.status, await answer.json()];
}

test.each(NAMES)("%s of an unknown repository is not found, and nothing but GET is served", async (name) => {
  const notFound = [404, { message: "Not Found", documentation_url: expect.any(String), status: "404" }];
  expect(await answered(`/repos/iree-org/nope/actions/insights/${name}`)).toEqual(notFound);
  expect(await answered(`/repositories/1/actions/insights/${name}?workflow=ci.yml`)).toEqual(notFound);
  for (const method of ["POST", "PUT", "DELETE"]) {
    const answer = await read(`${IREE}/actions/insights/${name}`, { method });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  }
});

test.each(NAMES)("%s refuses what it does not understand", async (name) => {
  const at = `${IREE}/actions/insights/${name}`;
  expect(await answered(`${at}?as_of=tomorrow`)).toEqual(invalid("as_of"));
  expect(await answered(`${at}?as_of=2025-02-30T00:00:00Z`)).toEqual(invalid("as_of"));
  expect(await answered(`${at}?branch=%00`)).toEqual(invalid("branch"));
  expect(await answered(`${at}?actor=a%00&event=%00`)).toEqual(invalid("event", "actor"));
  for (const workflow of ["nope.yml", "1", "CI", "ci.yml&workflow=nope.yml", "%00", "99999999999999999999"])
    expect([workflow, ...(await answered(`${at}?workflow=${workflow}`))]).toEqual([workflow, ...invalid("workflow")]);
});

test.each(["summary", "timeseries", "flaky", "queue-times"])("%s refuses a window it can't read", async (name) => {
  const at = `${IREE}/actions/insights/${name}`;
  for (const period of ["7", "d", "0d", "-1d", "1.5d", "7D", "7m", "7d7d", "1000000d", "%207d"])
    expect([period, ...(await answered(`${at}?period=${period}`))]).toEqual([period, ...invalid("period")]);
  expect(await answered(`${at}?since=x&until=20250320&period=x`)).toEqual(invalid("since", "until", "period"));
});

test("unknown buckets and groups are refused, and so are more buckets than anyone can look at", async () => {
  for (const bucket of ["year", "Day", "days", "1"])
    expect(await answered(`${IREE}/actions/insights/timeseries?bucket=${bucket}`)).toEqual(invalid("bucket"));
  for (const group of ["moon", "OS", "label"])
    expect(await answered(`${IREE}/actions/insights/queue-times?group_by=${group}`)).toEqual(invalid("group_by"));
  const hours = (count: number) => `${IREE}/actions/insights/timeseries?bucket=hour&as_of=2025-03-20&period=${count}h`;
  expect(await answered(hours(10_001))).toEqual(invalid("bucket"));
  expect((await read(hours(10_000))).status).toBe(200);
  expect(await answered(`${IREE}/actions/insights/timeseries?since=0001-01-01`)).toEqual(invalid("bucket"));
});

test("a window that ends before it begins is empty", async () => {
  const window = "since=2025-03-20T12:00:00Z&until=2025-03-20T10:00:00Z";
  const [, summary] = await answered(`${IREE}/actions/insights/summary?${window}`);
  expect(summary).toMatchObject({ total_count: 0, success_rate: null, duration: { count: 0, avg: null } });
  const [, timeseries] = await answered(`${IREE}/actions/insights/timeseries?${window}`);
  expect(timeseries).toMatchObject({ buckets: [] });
});

test("windows at the ends of time are answered", async () => {
  for (const query of ["as_of=0001-01-01", "as_of=9999-12-31T23:59:59Z", "period=999999w", "since=0001-01-01"])
    for (const name of NAMES.filter((one) => one !== "timeseries"))
      expect([query, name, (await read(`${IREE}/actions/insights/${name}?${query}`)).status]).toEqual([
        query,
        name,
        200,
      ]);
});

test("a former name leads to the id, parameters included", async () => {
  const repository = freshRepository();
  await store(pool, "workflow_run", workflowRun(repository));
  await store(pool, "repository", {
    action: "renamed",
    changes: { repository: { name: { from: repository.name } } },
    repository: {
      ...repository,
      name: `${repository.name}-new`,
      full_name: `${repository.full_name}-new`,
      updated_at: "2026-02-01T00:00:00Z",
    },
  });
  for (const name of NAMES) {
    const answer = await read(`/repos/${repository.full_name}/actions/insights/${name}?branch=main&workflow=nope`);
    const url = `${githubBase()}/repositories/${repository.id}/actions/insights/${name}?branch=main&workflow=nope`;
    expect([answer.status, answer.headers.get("location")]).toEqual([301, url]);
    expect(await answer.json()).toMatchObject({ message: "Moved Permanently", url });
  }
});

test.each(NAMES)("%s takes a bounded number of workflows", async (name) => {
  const asked = (count: number) => Array.from({ length: count }, (_, n) => `workflow=${n}`).join("&");
  expect(await answered(`${IREE}/actions/insights/${name}?${asked(33)}`)).toEqual(invalid("workflow"));
});

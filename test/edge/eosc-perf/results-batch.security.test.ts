import { expect, test } from "vitest";
import { call, pageAt, said, somebody } from "../../support/eosc-perf.ts";
import { approvedPlace, batchOf, sentBatch } from "../../support/eosc-perf-results.ts";

const user = await somebody();
const admin = await somebody("admin");
const stranger = await somebody("unregistered");
const place = await approvedPlace(user.token, admin.token);

test("only registered users send batches", async () => {
  const body = batchOf(place, 1).join("\n");
  expect((await call("POST", "/results:batch", { body })).status).toBe(401);
  expect((await call("POST", "/results:batch", { body, token: stranger.token })).status).toBe(403);
});

test("nobody uploads in another's name", async () => {
  const [line = ""] = batchOf(place, 1);
  const forged = JSON.stringify({ sub: admin.sub, iss: "https://issuer.example.org" });
  const { delivery } = await sentBatch(`${forged}\n${line}`, user.token);
  expect(delivery.status).toBe("rejected");
  await sentBatch(line, user.token);
  const { items } = await pageAt(`/results?benchmark_id=${place.benchmark}`);
  const uploaders = await Promise.all(
    items.map(({ id }) => said("GET", `/results/${id}/uploader`, { token: admin.token })),
  );
  expect(uploaders).toMatchObject([[200, { sub: user.sub }]]);
});

test("the batch of somebody who was removed in the meantime, or never was, stores nothing", async () => {
  const gone = await somebody();
  await call("POST", `/users:remove?sub=${gone.sub}`, { token: admin.token });
  const { status } = await call("POST", "/results:batch", { body: batchOf(place, 1).join("\n"), token: gone.token });
  expect(status).toBe(403);
});

test.each([
  ["a NUL", '{"t": "\\u0000"}'],
  ["half a character", '{"t": "\\ud800"}'],
  ["a number beyond PostgreSQL's", '{"n": 1e300000}'],
  ["deep nesting", `{"d": ${"[".repeat(2_000)}${"]".repeat(2_000)}}`],
])("%s ends a batch, and none of it is stored", async (_, document) => {
  const [line = "", other = ""] = batchOf(place, 2);
  const before = (await pageAt(`/results?benchmark_id=${place.benchmark}`)).total;
  const { delivery } = await sentBatch(`${other}\n${line.replace('{"n":0}', document)}`, user.token);
  expect(delivery.status).toBe("rejected");
  expect((await pageAt(`/results?benchmark_id=${place.benchmark}`)).total).toBe(before);
});

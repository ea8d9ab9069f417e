import { randomBytes } from "node:crypto";
import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { getAs, untilSettled } from "../../support/deliveries-api.ts";
import {
  answered,
  freshId,
  inPieces,
  oneCheckout,
  statusOf,
  submit,
  submitted,
  untilEnded,
} from "../../support/kernelci-submissions.ts";

const pool = testPool();
const edge = () => inject("stack").edgeUrl;
const stamp = async (id: string) => {
  const { rows } = await pool.query("select _timestamp::text as at from kernelci.checkouts where id = $1", [id]);
  return rows[0]?.at as string | undefined;
};

test("a submission is taken, can be followed at once, and is stored", async () => {
  const id = freshId();
  const body = JSON.stringify(oneCheckout(id));
  const response = await submit(body);
  expect(response.status).toBe(200);
  const answer = await answered(response);
  expect(answer.id).toMatch(/^[0-9A-Za-z]{32}$/);
  expect(answer).toEqual({
    id: answer.id,
    status: "ok",
    message: `Received submission ${answer.id} with size ${body.length} bytes`,
  });
  expect(["ready", "processed"]).toContain((await statusOf(answer.id)).status);
  expect(await untilEnded(answer.id)).toBe("processed");
  expect(await statusOf(answer.id)).toEqual({ id: answer.id, status: "processed", message: "File archived" });
  const delivery = await untilSettled(response.headers.get("location") ?? "");
  expect(delivery).toMatchObject({
    status: "done",
    source: "kernelci",
    key: answer.id,
    event: "none",
    outcome: "applied",
  });
  expect(await stamp(id)).toBeDefined();
});

test("the content type does not matter, and neither does a byte order mark", async () => {
  const response = await submit(`\ufeff${JSON.stringify(oneCheckout())}`, { "content-type": "text/plain" });
  expect(await untilEnded((await answered(response)).id)).toBe("processed");
});

test("the same content twice gets two ids, and the second is a resubmission", async () => {
  const id = freshId();
  const first = await submitted(oneCheckout(id));
  const before = await stamp(id);
  const second = await submitted(oneCheckout(id));
  expect([first.status, second.status, first.id === second.id]).toEqual(["processed", "processed", false]);
  expect(String(await stamp(id)) > String(before)).toBe(true);
});

test("a submission without objects is processed", async () => {
  expect((await submitted({ version: { major: 5, minor: 3 } })).status).toBe("processed");
});

test.each([
  ["above what is looked at, below one part of an upload", 3],
  ["of more than one part", 18],
])("a body %s is streamed to the object store and stored", async (_, megabytes) => {
  const document = oneCheckout();
  // Each object within what one may take.
  const checkouts = Array.from({ length: 2 * megabytes }, () => ({
    ...document.checkouts[0],
    id: freshId(),
    misc: { random: randomBytes(250_000).toString("hex") },
  }));
  const body = JSON.stringify({ ...document, checkouts });
  const response = await submit(inPieces(body));
  const answer = await answered(response);
  expect(answer.message).toContain(`with size ${body.length} bytes`);
  expect(await untilEnded(answer.id)).toBe("processed");
  const { rows } = await pool.query(
    "select misc->>'random' as random from kernelci.checkouts where id = any($1) order by array_position($1, id)",
    [checkouts.map(({ id }) => id)],
  );
  expect(rows.map(({ random }) => random)).toEqual(checkouts.map(({ misc }) => misc.random));
});

test("numbers under misc are stored as they were written", async () => {
  const id = freshId();
  const body = JSON.stringify(oneCheckout(id, { misc: { n: "here" } })).replace(
    '"here"',
    "[1.0,12345678901234567890,1e3]",
  );
  expect((await submitted(body)).status).toBe("processed");
  const { rows } = await pool.query("select misc::text from kernelci.checkouts where id = $1", [id]);
  expect(rows).toEqual([{ misc: '{"n": [1.0, 12345678901234567890, 1000]}' }]);
});

test("health, the page, the test of a token and the same on the source's own host", async () => {
  const health = await fetch(`${edge()}/kernelci/health`);
  expect([health.status, await health.text()]).toEqual([200, "OK"]);
  const page = await fetch(`${edge()}/kernelci/`);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
  const wanted = { id: "0", status: "ok", message: "Authentication successful" };
  expect(await answered(await fetch(`${edge()}/kernelci/authtest`))).toEqual(wanted);
  expect(await getAs("kernelci.localhost", "/authtest")).toEqual({ status: 200, body: wanted });
});

test("metrics tell what was stored and refused", async () => {
  await submitted(oneCheckout());
  await submitted({ version: { major: 9 } });
  const response = await fetch(`${edge()}/kernelci/metrics`);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await response.text();
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
  expect(value("kcidb_submissions_total")).toBeGreaterThan(1);
  expect(value("kcidb_submission_size_total")).toBeGreaterThan(100);
  expect(value("kcidb_user_errors_total")).toBeGreaterThan(0);
  expect(value("kcidb_errors_total")).toBe(value("kcidb_user_errors_total") + value("kcidb_system_errors_total"));
  expect(value("kcidb_json_files")).toBeGreaterThanOrEqual(0);
  expect(value("kcidb_uptime_seconds")).toBeGreaterThanOrEqual(0);
  expect(value('kcidb_submissions_by_origin\\{origin="none"\\}')).toBeGreaterThan(0);
});

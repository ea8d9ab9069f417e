import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import {
  answered,
  freshId,
  inPieces,
  oneCheckout,
  submit,
  submitted,
  untilEnded,
} from "../../support/kernelci-submissions.ts";
import { databaseAt, NOWHERE, ownEdge } from "../../support/own-edge.ts";
import { openRaw } from "../../support/raw-http.ts";

const LIMIT = 1_500_000;
const small = ownEdge(() => ({ KERNELCI_SUBMIT_MAX_BYTES: String(LIMIT) }));
const storeless = ownEdge(() => ({ OBJECTS_URL: `http://${NOWHERE}/objects` }));
const queueless = ownEdge(() => ({ QUEUE_URL: `http://${NOWHERE}/000000000000/queue` }));
const tableless = ownEdge(() => databaseAt(NOWHERE));
const pool = testPool();
const stored = async (id: string) =>
  (await pool.query("select from kernelci.checkouts where id = $1", [id])).rowCount === 1;

test.each([
  ["nothing", ""],
  ["no JSON", "checkouts: []"],
  ["half a JSON", '{"version":'],
  ["JSON and more", "{} {}"],
])("a body of %s is refused with 400", async (_, body) => {
  const response = await submit(body);
  const answer = await answered(response);
  expect([response.status, answer.id, answer.status]).toEqual([400, "0", "error"]);
  expect(answer.message.length).toBeGreaterThan(5);
  expect(response.headers.get("location")).toBeNull();
});

test("bytes that are no UTF-8, and compressed ones, are refused with 400", async () => {
  const latin = await submit(new Uint8Array(Buffer.from('{"a":"\xe9"}', "latin1")));
  expect([latin.status, (await answered(latin)).message]).toEqual([400, "The body is not valid UTF-8"]);
  const zipped = await submit(new Uint8Array(gzipSync("{}")), { "content-encoding": "gzip" });
  expect([zipped.status, (await answered(zipped)).message]).toEqual([400, "Send the body uncompressed"]);
});

test.each([
  ["another thing than an object", "[]", "the body is not a JSON object"],
  ["no version", "{}", "/version: "],
  ["an unknown version", '{"version":{"major":6}}', "/version: 6.0 is not a known version"],
  [
    "NUL in a name",
    '{"version":{"major":5},"builds":[{"id":"o:\\u0000"}]}',
    "/builds/0/id: a text contains the NUL character",
  ],
  [
    "wrong objects",
    '{"version":{"major":5},"builds":[{}],"tests":[{"id":1}]}',
    "/builds/0/id: is required; /builds/0/origin: is required",
  ],
])("a submission with %s is taken, and then failed with the reason on its receipt", async (_, body, reason) => {
  const ended = await submitted(body);
  expect([ended.status, ended.reason]).toEqual(["failed", expect.stringContaining(reason)]);
});

test("nothing of an invalid submission is stored, and it spoils no other", async () => {
  const [good, bad] = [freshId(), freshId()];
  const broken = { ...oneCheckout(bad), builds: [{ id: "nothing" }] };
  const [one, two] = await Promise.all([submitted(oneCheckout(good)), submitted(broken)]);
  expect([one.status, two.status]).toEqual(["processed", "failed"]);
  expect([await stored(good), await stored(bad)]).toEqual([true, false]);
});

test("what the database refuses fails with the reason, whole", async () => {
  const id = freshId();
  const ended = await submitted(oneCheckout(id, { git_commit_name: randomText(20_000) }));
  expect([ended.status, ended.reason]).toEqual(["failed", expect.stringContaining("the database refuses it")]);
  expect(await stored(id)).toBe(false);
});

test("a rejected submission sent again is read anew", async () => {
  const first = await submitted('{"version":{"major":6}}');
  const second = await submitted('{"version":{"major":6}}');
  expect([first.status, second.status, first.id === second.id]).toEqual(["failed", "failed", false]);
});

test("a large body that is no JSON is taken, and then failed", async () => {
  const ended = await submitted(`{"version":${" ".repeat(1_100_000)}`);
  expect([ended.status, ended.reason]).toEqual(["failed", "the body is not JSON"]);
});

test("a body beyond the limit is refused with 413, whether its length is declared or not", async () => {
  const body = JSON.stringify(oneCheckout(freshId(), { comment: "x".repeat(LIMIT) }));
  const declared = await submit(body, {}, small().url);
  expect([declared.status, (await answered(declared)).message]).toEqual([
    413,
    `The body is larger than ${LIMIT} bytes`,
  ]);
  const chunked = await submit(inPieces(body), {}, small().url);
  expect([chunked.status, (await answered(chunked)).status]).toEqual([413, "error"]);
  // Each object within what one may take.
  const half = () => oneCheckout(freshId(), { comment: "x".repeat(LIMIT / 2 - 1_000) }).checkouts;
  const within = { ...oneCheckout(), checkouts: [...half(), ...half()] };
  const fits = await submit(JSON.stringify(within), {}, small().url);
  expect(await untilEnded((await answered(fits)).id, small().url)).toBe("processed");
});

test("a body that breaks off leaves nothing behind", async () => {
  const before = await pool.query("select count(*)::int as n from ledger.inbox where source = 'kernelci'");
  const { socket } = await openRaw(small().url);
  socket.write("POST /kernelci/submit HTTP/1.1\r\nHost: x\r\nContent-Length: 1400000\r\n\r\n");
  socket.write(`{"version":{"major":5},"x":"${"y".repeat(1_200_000)}`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  socket.destroy();
  const probe = await submit(oneCheckout(), {}, small().url);
  await untilEnded((await answered(probe)).id, small().url);
  const after = await pool.query("select count(*)::int as n from ledger.inbox where source = 'kernelci'");
  expect(after.rows[0].n).toBe(before.rows[0].n + 1);
});

test("while the queue or the object store is away, 503 says when to come again", async () => {
  const large = JSON.stringify(oneCheckout(freshId(), { comment: "x".repeat(1_100_000) }));
  for (const [url, body] of [
    [queueless().url, JSON.stringify(oneCheckout())],
    [queueless().url, large],
    [storeless().url, large],
  ] as const) {
    const response = await submit(body, {}, url);
    const answer = await answered(response);
    expect([response.status, answer.id, answer.status]).toEqual([503, "0", "error"]);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(response.headers.get("location")).toBeNull();
  }
});

test("receipt needs no database; status says 503 without one", async () => {
  const response = await submit(oneCheckout(), {}, tableless().url);
  const { id } = await answered(response);
  expect(response.status).toBe(200);
  expect((await fetch(`${tableless().url}/kernelci/status?id=${id}`)).status).toBe(503);
});

test.each([
  ["", 400, "Empty id"],
  ["a-b", 400, "Invalid id"],
  ["../../etc/passwd", 400, "Invalid id"],
])("the status of %j is answered with %i", async (id, code, message) => {
  const response = await fetch(`${inject("stack").edgeUrl}/kernelci/status?id=${encodeURIComponent(id)}`);
  expect([response.status, await answered(response)]).toEqual([code, { id: "0", status: "error", message }]);
});

test("a status without id is answered with 400", async () => {
  expect((await fetch(`${inject("stack").edgeUrl}/kernelci/status`)).status).toBe(400);
});

test("addresses and methods that are not served", async () => {
  const url = `${inject("stack").edgeUrl}/kernelci`;
  expect((await fetch(`${url}/submit`)).status).toBe(405);
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
  for (const sum of ["0".repeat(64), "x", "..%2f..%2fraw"])
    expect((await fetch(`${url}/logexcerpt/${sum}/logexcerpt.txt.gz`)).status).toBe(404);
});

/** Text that does not compress, so that no index takes it. */
function randomText(length: number): string {
  return Array.from({ length }, () => String.fromCharCode(0x4e00 + Math.floor(Math.random() * 20_000))).join("");
}

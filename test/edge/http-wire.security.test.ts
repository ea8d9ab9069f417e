import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { sign } from "../support/github-delivery.ts";
import { statuses, talk } from "../support/raw-http.ts";

const { edgeUrl, githubSecret } = inject("stack");
const HOST = "Host: runledger.example\r\n";
const BODY = '{"zen":"x"}';
const SIGNATURE = `X-Hub-Signature-256: ${sign(BODY, githubSecret)}\r\n`;
const LENGTH = `Content-Length: ${BODY.length}\r\n`;

/** A webhook written by hand: its headers after the usual ones, then everything after them. */
function webhook(headers: string, rest = BODY): string {
  const named = `X-GitHub-Event: ping\r\nX-GitHub-Delivery: ${randomUUID()}\r\n`;
  return `POST /github/webhook HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n${named}${headers}\r\n${rest}`;
}
const get = (target: string, headers = HOST) => `GET ${target} HTTP/1.1\r\n${headers}\r\n`;

test.concurrent.each<[string, string, number[]]>([
  ["a webhook as it should be", webhook(SIGNATURE + LENGTH), [200]],
  ["one in chunks", webhook(`${SIGNATURE}Transfer-Encoding: chunked\r\n`, `b\r\n${BODY}\r\n0\r\n\r\n`), [200]],
  ["one with its signature twice", webhook(SIGNATURE + SIGNATURE + LENGTH), [401]],
  ["one with a second, wrong signature", webhook(`${SIGNATURE}X-Hub-Signature-256: sha256=00\r\n${LENGTH}`), [401]],
  ["one with two delivery ids", webhook(`${SIGNATURE}X-GitHub-Delivery: other\r\n${LENGTH}`), [400]],
  ["one with two content types", webhook(`${SIGNATURE}Content-Type: text/plain\r\n${LENGTH}`), [415]],
  ["one that declares two lengths", webhook(`${SIGNATURE}${LENGTH}Content-Length: 5\r\n`), [400]],
  ["one that declares a negative length", webhook(`${SIGNATURE}Content-Length: -1\r\n`), [400]],
  ["two, one after the other", webhook(SIGNATURE + LENGTH) + webhook(SIGNATURE + LENGTH), [200, 200]],
  ["a target in absolute form", get("http://runledger.example/health"), [200]],
  ["a path with dots", get("/docs/../health"), [200]],
  ["a path with a broken escape", get("/github/repos/%zz/x"), [404]],
  ["a path with two slashes", get("//health"), [404]],
  ["HEAD", `HEAD /health HTTP/1.1\r\n${HOST}\r\n`, [200]],
  ["HEAD of what is not there", `HEAD /github/repos/a/b HTTP/1.1\r\n${HOST}\r\n`, [404]],
  ["TRACE", `TRACE /health HTTP/1.1\r\n${HOST}\r\n`, [405]],
  ["no host", get("/health", ""), [400]],
  ["a header of 20 kB", get("/health", `${HOST}X-Long: ${"y".repeat(20_000)}\r\n`), [200]],
  ["a header that is folded", get("/health", `${HOST}X-Folded: a\r\n b\r\n`), [400]],
  ["a header with NUL", get("/health", `${HOST}X-Nul: a\0b\r\n`), [400]],
  ["another protocol", "\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00\r\n\r\n", [400]],
])("%s is answered as it must be", async (_, text, expected) => {
  expect(statuses(await talk(edgeUrl, Buffer.from(text, "latin1")))).toEqual(expected);
});

test("HEAD has the headers of GET and no body", async () => {
  const [head = "", body] = (await talk(edgeUrl, `HEAD /health HTTP/1.1\r\n${HOST}\r\n`)).split("\r\n\r\n");
  expect(head).toMatch(/\r\ncontent-type: application\/json\r?/i);
  expect(body).toBe("");
});

test("what follows a webhook and is no HTTP does not cost it its answer", async () => {
  const answer = await talk(edgeUrl, `${webhook(SIGNATURE + LENGTH)}and garbage\r\n\r\n`);
  expect(statuses(answer)[0]).toBe(200);
  expect(answer).toMatch(/\r\nlocation: \/deliveries\//i);
});

test("a body longer than it says is read as far as it says", async () => {
  const answer = await talk(edgeUrl, webhook(`${SIGNATURE}Content-Length: 5\r\n`));
  expect(statuses(answer)[0]).toBe(401);
});

test("length and chunks together are never two messages", async () => {
  const smuggled = `0\r\n\r\n${get("/health")}`;
  const answer = await talk(
    edgeUrl,
    webhook(`${SIGNATURE}Content-Length: 60\r\nTransfer-Encoding: chunked\r\n`, smuggled),
  );
  expect(statuses(answer).filter((status) => status === 200)).toEqual([]);
});

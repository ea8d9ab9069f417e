import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { submissionIdOf } from "../../../functions/messages/submission-id.ts";
import { testPool } from "../../support/database.ts";
import { answered, freshId, oneCheckout, statusOf, submit, submitToken } from "../../support/kernelci-submissions.ts";
import { bearer, OWN, ownEdge } from "../../support/own-edge.ts";

const SECRET = "the secret of this file's submitters";
const UNIFIED = "another secret that may have signed";
const closed = ownEdge(() => ({ KERNELCI_JWT_SECRET: SECRET, KERNELCI_UNIFIED_SECRET: UNIFIED }));
const unset = ownEdge(() => ({ KERNELCI_UNSIGNED: undefined }));
const pool = testPool();

const send = (headers: Record<string, string>, body: unknown = oneCheckout()) => submit(body, headers, closed().url);
const seconds = (after: number) => Math.floor(Date.now() / 1_000) + after;
const signed = async (claims: Record<string, unknown>, secret = SECRET, alg = "HS256") =>
  await new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));
const unsigned = () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ origin: "tests", exp: seconds(60) })}.`;
};

test.each<[string, () => Promise<Record<string, string>>, string]>([
  ["absent", async () => ({}), "JWT is required"],
  ["one word", async () => ({ authorization: await submitToken(SECRET) }), "Missing or invalid JWT (Bearer)"],
  ["no token", async () => bearer("x"), "InvalidToken"],
  ["of another secret", async () => bearer(await submitToken("another")), "InvalidSignature"],
  ["over", async () => bearer(await signed({ origin: "tests", exp: seconds(-70) })), "ExpiredSignature"],
  ["without an end", async () => bearer(await signed({ origin: "tests" })), "Missing required claim: exp"],
  ["without an origin", async () => bearer(await signed({ exp: seconds(60) })), "Missing required claim: origin"],
  ["of an origin that is no text", async () => bearer(await signed({ origin: 1, exp: seconds(60) })), "InvalidToken"],
  [
    "signed otherwise",
    async () => bearer(await signed({ origin: "o", exp: seconds(60) }, SECRET.repeat(2), "HS512")),
    "InvalidAlgorithm",
  ],
  ["not signed", async () => bearer(unsigned()), "InvalidAlgorithm"],
])("a token that is %s is refused with 401, and nothing is taken", async (_, make, message) => {
  const id = freshId();
  const headers = await make();
  const response = await send(headers, oneCheckout(id));
  expect([response.status, await answered(response)]).toEqual([401, { id: "0", status: "error", message }]);
  expect(response.headers.get("location")).toBeNull();
  const tested = await fetch(`${closed().url}/kernelci/authtest`, { headers });
  expect([tested.status, (await answered(tested)).message]).toEqual([401, message]);
  const { rowCount } = await pool.query("select from kernelci.checkouts where id = $1", [id]);
  expect(rowCount).toBe(0);
});

test("nobody submits to a service whose secret was never set", async () => {
  for (const headers of [{}, bearer(unsigned()), bearer(await submitToken("any secret"))]) {
    const response = await submit(oneCheckout(), headers, unset().url);
    expect(response.status).toBe(401);
    expect((await answered(response)).message).toBe("JWT is required");
  }
});

test.each<[string, () => Promise<string>]>([
  ["of the first secret", () => submitToken(SECRET)],
  ["of the second secret", () => submitToken(UNIFIED)],
  ["over for less than a minute", () => signed({ origin: "tests", exp: seconds(-50) })],
])("a token %s is taken, whatever word stands before it", async (_, make) => {
  const response = await send({ authorization: `Anything ${await make()}` });
  expect(response.status).toBe(200);
});

test("a large body with a bad token is refused too, and its sender sees the answer", async () => {
  const body = JSON.stringify(oneCheckout(freshId(), { comment: "x".repeat(5_000_000) }));
  const response = await send(bearer("x"), body);
  expect([response.status, (await answered(response)).message]).toEqual([401, "InvalidToken"]);
});

test("an id nobody gave out is not found, however well it is formed", async () => {
  const headers = bearer(await submitToken(SECRET));
  const made = submissionIdOf(newReceiptId(), "a guessed key");
  for (const id of [made, "a".repeat(32), newReceiptId().replaceAll("-", ""), "0", "ä"]) {
    const response = await fetch(`${closed().url}/kernelci/status?id=${encodeURIComponent(id)}`, { headers });
    expect([response.status, await answered(response)]).toEqual([
      404,
      { id, status: "notfound", message: "File not found" },
    ]);
  }
  const known = submissionIdOf(newReceiptId(), OWN.receiptKey);
  const asked = await fetch(`${closed().url}/kernelci/status?id=${known}`, { headers });
  expect((await answered(asked)).status).toBe("ready");
});

test("an id of too long ago, of which nothing is left, is not found", async () => {
  const old = submissionIdOf(newReceiptId(Date.now() - 19 * 86_400_000), OWN.receiptKey);
  const headers = bearer(await submitToken(SECRET));
  expect((await fetch(`${closed().url}/kernelci/status?id=${old}`, { headers })).status).toBe(404);
});

test("the status is for those who have a token", async () => {
  const response = await send(bearer(await submitToken(SECRET)));
  const { id } = await answered(response);
  expect((await fetch(`${closed().url}/kernelci/status?id=${id}`)).status).toBe(401);
  await expect(statusOf(id, closed().url)).resolves.toMatchObject({ id: "0", message: "JWT is required" });
});

test("an origin with odd characters does no harm", async () => {
  const token = await submitToken(SECRET, { origin: 'ä"\n{}'.repeat(100) });
  expect((await send(bearer(token))).status).toBe(200);
});

test("the log names neither token nor body", async () => {
  const token = await submitToken(SECRET);
  await send(bearer(token), oneCheckout(freshId(), { comment: "a word of the body" }));
  const log = closed().log.join("\n");
  expect(log).not.toContain(token.split(".")[2]);
  expect(log).not.toContain("a word of the body");
});

import { expect, inject, test } from "vitest";
import { newReceiptId, signReceiptId } from "../../../functions/messages/receipt-id.ts";
import { errorCode, locationOf, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { bearer } from "../../support/own-edge.ts";

const { edgeUrl, adminToken } = inject("stack");

async function refusal(id: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${edgeUrl}/deliveries/${id}`, { headers });
  return [answer.status, await errorCode(answer)];
}

test("a changed signature, a foreign key and a missing signature are all the same 404", async () => {
  const path = locationOf(await deliver("workflow_run", workflowRun(freshRepository())));
  const { id } = await untilSettled(path);
  const signature = path.split(".")[1] ?? "";
  for (let at = 0; at < signature.length; at += 1) {
    const changed = signature[at] === "0" ? "1" : "0";
    const forged = `${id}.${signature.slice(0, at)}${changed}${signature.slice(at + 1)}`;
    expect([forged, ...(await refusal(forged))]).toEqual([forged, 404, "not_found"]);
  }
  const others = [
    id,
    `${id}.`,
    `${id}.${signature.slice(0, 31)}`,
    `${id}.${signature}0`,
    `${id}.${signature.toUpperCase()}A`.slice(0, -1).replace(/[0-9]/g, "F"),
    signReceiptId(id, "another deployment's key"),
    `${newReceiptId()}.${signature}`,
    `${id}%00.${signature}`,
    "' or 1=1 --",
    "a".repeat(100),
  ];
  for (const other of others) expect([other, ...(await refusal(encodeURI(other)))]).toEqual([other, 404, "not_found"]);
});

test("a wrong admin token opens no bare id, and the right one opens nothing but ids", async () => {
  const { id } = await untilSettled(locationOf(await deliver("workflow_run", workflowRun(freshRepository()))));
  expect(await refusal(id, bearer(`${adminToken}x`))).toEqual([404, "not_found"]);
  expect(await refusal("not-an-id", bearer(adminToken))).toEqual([404, "not_found"]);
  expect(await refusal("a".repeat(101), bearer(adminToken))).toEqual([404, "not_found"]);
});

test("an answer may not be kept, sniffed, framed or run", async () => {
  const answer = await fetch(edgeUrl + locationOf(await deliver("star", {})));
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "content-type": "application/json",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
    "strict-transport-security": expect.stringContaining("max-age="),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  // Whoever holds the link may read it, from any page.
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
  expect(answer.headers.has("x-powered-by")).toBe(false);
});

import { expect, inject, test } from "vitest";
import { newReceiptId, signReceiptId } from "../../../functions/messages/receipt-id.ts";
import { errorCode } from "../../support/deliveries-api.ts";
import { OWN, ownEdge } from "../../support/own-edge.ts";
import { askReplays, countReplays } from "../../support/replays-api.ts";

const { edgeUrl, adminToken } = inject("stack");
const own = ownEdge();

test("without the admin token nothing is counted or started", async () => {
  for (const token of ["", "wrong", `${adminToken}0`]) {
    const answer = await askReplays({}, edgeUrl, token);
    expect([answer.status, await errorCode(answer)]).toEqual([401, "unauthorized"]);
  }
});

test("a link that is not signed as a replay is 404, the signed receipt of a delivery too", async () => {
  const id = newReceiptId();
  for (const signed of [id, "nonsense", signReceiptId(id, "another key"), signReceiptId(id, OWN.receiptKey)]) {
    const answer = await fetch(`${own().url}/deliveries/replays/${signed}`);
    expect([answer.status, await errorCode(answer)]).toEqual([404, "not_found"]);
  }
});

test("a reason is compared as text, not as a pattern or as SQL", async () => {
  expect(await countReplays({ reason: "_%_%_" })).toBe(0);
  expect(await countReplays({ reason: "' or true --" })).toBe(0);
  expect(await countReplays({ source: "github' or '1'='1" })).toBe(0);
});

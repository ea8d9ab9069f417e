import { expect, inject, test } from "vitest";
import { newReceiptId, signReceiptId } from "../../../functions/messages/receipt-id.ts";
import { bearer, OWN, ownEdge } from "../../support/own-edge.ts";

const { edgeUrl } = inject("stack");
const own = ownEdge();
const status = async (id: string) => (await fetch(`${own().url}/github/scrapes/${id}`)).status;

test("a scrape is only told of under its own signature", async () => {
  const id = newReceiptId();
  const signed = signReceiptId(id, `scrape ${OWN.receiptKey}`);
  expect(await status(signed)).toBe(200);
  const flipped = `${signed.slice(0, -1)}${signed.endsWith("0") ? "1" : "0"}`;
  // The signature of a delivery's receipt opens no scrape.
  for (const other of [id, flipped, signReceiptId(id, OWN.receiptKey), `${signed}0`, "x", "%00"])
    expect([other, await status(other)]).toEqual([other, 404]);
  const old = newReceiptId(Date.now() - 19 * 86_400_000);
  expect(await status(signReceiptId(old, `scrape ${OWN.receiptKey}`))).toBe(404);
});

test("nobody but an admin has GitHub asked, and the refusal has GitHub's shape", async () => {
  for (const path of ["/github/repos/a/b/scrapes", "/github/recoveries"])
    for (const headers of [{}, bearer("wrong"), { authorization: "token wrong" }]) {
      const answer = await fetch(edgeUrl + path, { method: "POST", headers });
      expect([path, answer.status, await answer.json()]).toEqual([
        path,
        401,
        expect.objectContaining({ message: "Bad credentials", status: "401" }),
      ]);
    }
});

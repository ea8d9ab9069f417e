import fc from "fast-check";
import { expect, test } from "vitest";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { receiptOfSubmission, submissionIdOf } from "../../functions/messages/submission-id.ts";

const SECRET = "a secret of this test";

test("an id is 32 letters and digits, and names its receipt", () => {
  for (let i = 0; i < 200; i += 1) {
    const receiptId = newReceiptId();
    const id = submissionIdOf(receiptId, SECRET);
    expect(id).toMatch(/^[0-9A-Za-z]{32}$/);
    expect(receiptOfSubmission(id, SECRET)).toBe(receiptId);
  }
});

test("any UUID comes back, however many zeros it begins with", () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      expect(receiptOfSubmission(submissionIdOf(uuid, SECRET), SECRET)).toBe(uuid);
    }),
  );
});

test("an id signed by another key, or with any character changed, names nothing", () => {
  const id = submissionIdOf(newReceiptId(), SECRET);
  expect(receiptOfSubmission(id, "another secret")).toBeUndefined();
  for (let at = 0; at < id.length; at += 1) {
    const other = id[at] === "7" ? "8" : "7";
    expect(receiptOfSubmission(id.slice(0, at) + other + id.slice(at + 1), SECRET)).toBeUndefined();
  }
});

test("what is no id names nothing", () => {
  for (const id of ["", "0".repeat(32), "z".repeat(32), "é".repeat(32), "0".repeat(31), "0".repeat(33)])
    expect(receiptOfSubmission(id, SECRET)).toBeUndefined();
});

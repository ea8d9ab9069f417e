import fc from "fast-check";
import { expect, test } from "vitest";
import {
  newReceiptId,
  receiptIdOf,
  receivedAtMs,
  signReceiptId,
  verifyReceiptId,
} from "../../functions/messages/receipt-id.ts";

const KEY = "a key of enough length";

test("ids made one after the other sort in that order, also within one millisecond", () => {
  const now = Date.now();
  const ids = Array.from({ length: 500 }, () => newReceiptId(now)).concat(newReceiptId(now + 1));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id is a UUID version 7 and tells when it was made", () => {
  const at = Date.parse("2026-03-01T12:00:00.123Z");
  const id = newReceiptId(at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(receivedAtMs(id)).toBe(at);
});

test("a queue message without an id has always the same one, where it belongs in time", () => {
  const messageId = "01234567-89ab-4cde-8f01-23456789abcd";
  const at = Date.parse("2026-03-01T12:00:00.123Z");
  const id = receiptIdOf(messageId, at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(receivedAtMs(id)).toBe(at);
  expect(receiptIdOf(messageId, at)).toBe(id);
  expect(receiptIdOf("01234567-89ab-4cde-8f01-23456789abce", at)).not.toBe(id);
});

test("a signed id is recognised under its own key only", () => {
  const id = newReceiptId();
  expect(verifyReceiptId(signReceiptId(id, KEY), KEY)).toBe(id);
  expect(verifyReceiptId(signReceiptId(id, KEY), "another key of length")).toBeUndefined();
});

test("no change of a signed id passes, and none throws", () => {
  const signed = signReceiptId(newReceiptId(), KEY);
  fc.assert(
    fc.property(fc.nat(signed.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (at, text) => {
      const changed = signed.slice(0, at) + text + signed.slice(at + 1);
      fc.pre(changed !== signed);
      expect(verifyReceiptId(changed, KEY)).toBeUndefined();
    }),
  );
});

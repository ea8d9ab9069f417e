import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { INLINE_LIMIT_BYTES, packedBody, packMessage, unpackBody } from "../../functions/messages/claim-check.ts";
import { parseEnvelope, serialiseEnvelope } from "../../functions/messages/envelope.ts";
import { newReceiptId } from "../../functions/messages/receipt-id.ts";
import { gunzip, gzip, InflateError } from "../../functions/outside/gzip.ts";
import type { ObjectStore } from "../../functions/outside/object-store.ts";

/** The store's interface over a map: what is tested here is packing, not S3. */
function mapObjects(): ObjectStore & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    put: async (key, bytes) => void kept.set(key, bytes),
    putStream: async (key, chunks) => void kept.set(key, await buffer(chunks)),
    get: async (key) => kept.get(key),
    has: async (key) => kept.has(key),
    check: async () => {},
  };
}

const head = (sizeBytes: number) =>
  ({
    v: 1,
    receiptId: newReceiptId(),
    source: "github",
    kind: "webhook",
    key: "0b989ba4-242f-11e5-81e1-c7b6966d2516",
    event: "push",
    receivedAt: "2026-03-01T12:00:00.123Z",
    trace: "t",
    contentType: "application/json",
    sizeBytes,
    replay: 0,
  }) as const;

test("any bytes come back exactly, and the message is ASCII", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (given) => {
      const bytes = new Uint8Array(given);
      const objects = mapObjects();
      const message = await packMessage(head(bytes.byteLength), bytes, objects);
      expect(message).toMatch(/^[\x20-\x7e]*$/);
      const parsed = parseEnvelope(message);
      if (!parsed.ok) throw new Error(parsed.reason);
      const packed = await packedBody(parsed.envelope.body, objects);
      expect(await unpackBody(packed ?? new Uint8Array(), parsed.envelope.sizeBytes)).toEqual(bytes);
    }),
    { numRuns: 50 },
  );
});

test("a message over the limit travels as a claim check", async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const large = new Uint8Array([...bytes, ...bytes.toReversed(), ...crypto.getRandomValues(new Uint8Array(60_000))]);
  const objects = mapObjects();
  const message = await packMessage(head(large.byteLength), large, objects);
  expect(message.length).toBeLessThan(INLINE_LIMIT_BYTES);
  expect([...objects.kept.keys()]).toEqual([expect.stringMatching(/^raw\/github\/2026\/03\/01\/[0-9a-f-]{36}\.gz$/)]);
});

test.each([
  ["no JSON", "{", "the message is not JSON"],
  ["no object", "[]", "the message has no version"],
  ["a version from the future", '{"v":2}', "message version 2 is unknown"],
  ["a missing field", '{"v":1}', "not an envelope: receiptId"],
])("%s is refused with a reason", (_, text, reason) => {
  const parsed = parseEnvelope(text);
  expect(parsed.ok ? "" : parsed.reason).toContain(reason);
});

test("characters that a row cannot hold are refused in names", () => {
  const sound = { ...head(1), body: { at: "inline", base64: "" } } as const;
  expect(parseEnvelope(serialiseEnvelope(sound)).ok).toBe(true);
  expect(parseEnvelope(serialiseEnvelope({ ...sound, key: "a\u0000b" })).ok).toBe(false);
  expect(parseEnvelope(serialiseEnvelope({ ...sound, event: "naïve" })).ok).toBe(false);
});

test("inflating stops at the limit and refuses what is no gzip", async () => {
  const bomb = await gzip(new Uint8Array(5_000_000));
  await expect(gunzip(bomb, 1_000)).rejects.toThrow(InflateError);
  await expect(gunzip(new Uint8Array([1, 2, 3]), 1_000)).rejects.toThrow(InflateError);
  await expect(gunzip(bomb.slice(0, bomb.length - 9), 10_000_000)).rejects.toThrow(InflateError);
});

import { randomBytes } from "node:crypto";
import { expect, inject, test } from "vitest";
import { s3Objects } from "../../functions/outside/object-store.ts";

const PART = 8 * 1024 * 1024;

const objects = () => {
  const { bucketUrl, functionEnv } = inject("stack");
  return s3Objects(bucketUrl, {
    region: functionEnv.AWS_REGION ?? "",
    accessKeyId: functionEnv.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: functionEnv.AWS_SECRET_ACCESS_KEY ?? "",
  });
};
const freshKey = () => `tests/${randomBytes(8).toString("hex")}`;

async function* piecesOf(bytes: Uint8Array, size: number, end?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
  if (end !== undefined) throw end;
}

test.each([
  [1, 10],
  [PART - 1, 1_000_003],
  [PART, PART],
  [PART + 1, 1_000_003],
  [2 * PART, 3 * PART],
  [2 * PART + 5, 3 * PART],
])("a stream of %i bytes, in pieces of %i, is stored whole", async (size, piece) => {
  const key = freshKey();
  const bytes = randomBytes(size);
  await objects().putStream(key, piecesOf(bytes, piece));
  const stored = await objects().get(key);
  expect(stored !== undefined && Buffer.compare(stored, bytes)).toBe(0);
});

test.each([10, PART + 10, 2 * PART + 10])("a stream that fails after %i bytes stores nothing", async (size) => {
  const key = freshKey();
  const failure = new Error("broken off");
  await expect(objects().putStream(key, piecesOf(randomBytes(size), 1_000_003, failure))).rejects.toThrow(failure);
  expect(await objects().has(key)).toBe(false);
});

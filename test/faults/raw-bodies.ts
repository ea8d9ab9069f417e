import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { Pool } from "pg";
import { atMost } from "./at-most.ts";

const READS_AT_ONCE = 16;

/**
 * Raw bodies that a replay could not use: gone from the object store, or not byte for byte what was sent.
 * `digests` holds the SHA-256 of each body sent, by key; a message that no sender posted is looked for only.
 */
export async function wrongRawBodies(
  pool: Pool,
  bucketUrl: string,
  digests: ReadonlyMap<string, string>,
): Promise<string[]> {
  const { rows } = await pool.query<{ key: string; object_key: string }>(
    `select key, object_key from ledger.inbox
     union select key, object_key from ledger.rejected where reason <> 'the raw body is no longer in the object store'`,
  );
  const reading = atMost(READS_AT_ONCE);
  const wrong = rows.map(({ key, object_key }) =>
    reading(async () => {
      const response = await fetch(`${bucketUrl}/${object_key}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (!response.ok) return [`no raw body at ${object_key}: ${response.status}`];
      const sent = digests.get(key);
      return sent === undefined || digestUnpacked(bytes) === sent ? [] : [`${object_key} is not what ${key} sent`];
    }),
  );
  return (await Promise.all(wrong)).flat();
}

/** A response that names its encoding is already unpacked by fetch. */
function digestUnpacked(bytes: Buffer): string {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return createHash("sha256")
      .update(isPacked ? gunzipSync(bytes) : bytes)
      .digest("hex");
  } catch (error) {
    return String(error);
  }
}

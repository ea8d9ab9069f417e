import type { Pool } from "pg";

/** Deliveries whose raw body is not in the object store, so that they could not be replayed. */
export async function missingRawBodies(pool: Pool, bucketUrl: string): Promise<string[]> {
  const stored = await storedKeys(bucketUrl);
  const { rows } = await pool.query<{ object_key: string }>(
    `select object_key from ledger.inbox
     union select object_key from ledger.rejected where reason <> 'the raw body is no longer in the object store'`,
  );
  return rows.flatMap(({ object_key }) => (stored.has(object_key) ? [] : [`no raw body at ${object_key}`]));
}

async function storedKeys(bucketUrl: string): Promise<Set<string>> {
  const keys = new Set<string>();
  let after = "";
  for (;;) {
    const answer = await fetch(`${bucketUrl}?list-type=2&prefix=raw/&start-after=${encodeURIComponent(after)}`);
    const page = [...(await answer.text()).matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
    if (page.length === 0) return keys;
    for (const key of page) keys.add(key);
    after = page.at(-1) ?? "";
  }
}

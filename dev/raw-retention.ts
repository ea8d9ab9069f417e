import { AwsClient } from "aws4fetch";
import { parseListing } from "../functions/files/s3-listing.ts";

const DAY_MS = 86_400_000;

/**
 * Deletes raw bodies received more than so many days ago (their keys begin `raw/<source>/YYYY/MM/DD/`), as the bucket's
 * lifecycle rule does in AWS: the emulator has none. Returns how many went.
 */
export async function deleteOldRawBodies(
  bucketUrl: string,
  region: string,
  days: number,
  now = Date.now(),
): Promise<number> {
  const aws = new AwsClient({ accessKeyId: "embedded", secretAccessKey: "embedded", region, service: "s3" });
  const oldest = new Date(now - days * DAY_MS).toISOString().slice(0, 10);
  const call = async (method: string, path: string) => {
    const answer = await aws.fetch(`${bucketUrl}${path}`, { method });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the bucket answered ${answer.status} to ${method}: ${text}`);
    return text;
  };
  let deleted = 0;
  let token: string | undefined;
  do {
    const from = token === undefined ? "" : `&continuation-token=${encodeURIComponent(token)}`;
    const { objects, next } = parseListing(await call("GET", `?list-type=2&prefix=raw/${from}`));
    for (const { key } of objects) {
      if (dayOf(key) >= oldest) continue;
      await call("DELETE", `/${key}`);
      deleted += 1;
    }
    token = next;
  } while (token !== undefined);
  return deleted;
}

/** The day in a key as YYYY-MM-DD; a key without one counts as of today. */
function dayOf(key: string): string {
  const [, year, month, day] = /^raw\/[^/]+\/(\d{4})\/(\d{2})\/(\d{2})\//.exec(key) ?? [];
  return year === undefined ? "9999-12-31" : `${year}-${month}-${day}`;
}

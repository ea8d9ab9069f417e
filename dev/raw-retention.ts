import { DeleteObjectsCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";

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
  const { origin, pathname } = new URL(bucketUrl);
  const Bucket = pathname.slice(1);
  const s3 = new S3Client({
    region,
    endpoint: origin,
    forcePathStyle: true,
    credentials: { accessKeyId: "embedded", secretAccessKey: "embedded" },
  });
  const oldest = new Date(now - days * DAY_MS).toISOString().slice(0, 10);
  let deleted = 0;
  try {
    for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: "raw/" })) {
      const Objects = (page.Contents ?? []).flatMap(({ Key }) =>
        Key !== undefined && dayOf(Key) < oldest ? [{ Key }] : [],
      );
      if (Objects.length === 0) continue;
      await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
      deleted += Objects.length;
    }
  } finally {
    s3.destroy();
  }
  return deleted;
}

/** The day in a key as YYYY-MM-DD; a key without one counts as from today. */
function dayOf(key: string): string {
  const [, year, month, day] = /^raw\/[^/]+\/(\d{4})\/(\d{2})\/(\d{2})\//.exec(key) ?? [];
  return year === undefined ? "9999-12-31" : `${year}-${month}-${day}`;
}

import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { builds, checkouts, tests } from "../../schema/index.ts";
import { boundedRows } from "../bounded-rows.ts";
import { instant } from "./json-text.ts";

/** Which runs of a test belong together; times are ISO texts. */
export type HistoryQuestion = {
  path: string;
  origin: string;
  repositoryUrl: string;
  branch: string;
  config: string;
  /** None: tests without a platform. */
  platform?: string | undefined;
  startedUntil?: string | undefined;
  /** Counts when the test in question has no start time. */
  storedUntil?: string | undefined;
  size: number;
};

const Run = z.object({
  start_time: z.string().nullable(),
  id: z.string(),
  status: z.string(),
  git_commit_hash: z.string().nullable(),
});
export type HistoryRun = z.infer<typeof Run>;

/** The runs of a test up to a time, newest first (contract part 07, status history). */
export async function statusHistoryOf(db: Database, question: HistoryQuestion): Promise<HistoryRun[]> {
  const { path, origin, repositoryUrl, branch, config, platform, size } = question;
  const { until, newestFirst } = boundOf(question);
  const samePlatform =
    platform === undefined
      ? sql`t.environment_misc ->> 'platform' is null`
      : sql`t.environment_misc ->> 'platform' = ${platform}`;
  return await boundedRows(
    db,
    Run,
    sql`
    select ${instant(sql`t.start_time`)} as start_time, t.id, coalesce(t.status, 'NULL') as status, c.git_commit_hash
    from ${tests} t join ${builds} b on b.id = t.build_id join ${checkouts} c on c.id = b.checkout_id
    where t.path = ${path} and ${samePlatform} and ${until} and b.config_name = ${config}
      and c.origin = ${origin} and c.git_repository_url = ${repositoryUrl} and c.git_repository_branch = ${branch}
    order by ${newestFirst} limit ${size}`,
  );
}

function boundOf({ startedUntil, storedUntil }: HistoryQuestion): { until: SQL; newestFirst: SQL } {
  if (startedUntil !== undefined)
    return { until: sql`t.start_time <= ${startedUntil}::timestamptz`, newestFirst: sql`t.start_time desc, t.id` };
  if (storedUntil !== undefined)
    return { until: sql`t._timestamp <= ${storedUntil}::timestamptz`, newestFirst: sql`t._timestamp desc, t.id` };
  return { until: sql`t.start_time is null and t._timestamp is null`, newestFirst: sql`t.id` };
}

import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../../client.ts";
import { relationOf } from "../../../recordset.ts";
import {
  notificationsCheckout,
  type Subscriptions,
  subscribedHardware,
  subscribedReports,
  subscribedTrees,
} from "../../../schema/index.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import { arrayJson } from "../json-text.ts";

const texts = z.array(z.string());

/* Subscriptions of a folder, where they are given, are read in place of the stored ones. */

const trees = (given?: Subscriptions) => (given ? relationOf(subscribedTrees, given.trees) : sql`${subscribedTrees}`);
const reports = (given?: Subscriptions) =>
  given ? relationOf(subscribedReports, given.reports) : sql`${subscribedReports}`;
const hardware = (given?: Subscriptions) =>
  given ? relationOf(subscribedHardware, given.hardware) : sql`${subscribedHardware}`;

const Recipients = z.object({ recipients: texts });

/** The default recipients of a tree, by its name or by its repository. */
export async function listTreeRecipients(
  db: Database,
  tree: { name: string } | { url: string },
  given?: Subscriptions,
): Promise<string[]> {
  const isTree = "name" in tree ? sql`name = ${tree.name}` : sql`url = ${tree.url}`;
  const found = await rows(
    db,
    Recipients,
    sql`select default_recipients as recipients from ${trees(given)} as t where ${isTree} order by file, name`,
  );
  return [...new Set(found.flatMap((row) => row.recipients))];
}

const SubscribedReport = z.object({
  id: z.string(),
  url: z.string(),
  branch: z.string(),
  origin: z.string(),
  always: z.boolean(),
  paths: texts,
  recipients: texts,
  isSent: z.boolean(),
});
/** A report that somebody subscribed to, with all who get it; `isSent`: in the last 12 hours. */
export type SubscribedReport = z.infer<typeof SubscribedReport>;

const REPORT_ID = sql`r.file || ':' || r.tree || ':' || r.position`;

/** The reports that somebody subscribed to, all or one, in the order of the files. */
export async function listReports(
  db: Database,
  { id, given }: { id?: string; given?: Subscriptions | undefined } = {},
): Promise<SubscribedReport[]> {
  return await rows(
    db,
    SubscribedReport,
    sql`select ${REPORT_ID} as id, t.url, r.branch, r.origin, r.always, r.paths,
        case when r.ignores_default_recipients then r.recipients else t.default_recipients || r.recipients end as recipients,
        exists (select from ${notificationsCheckout} n where n.report = ${REPORT_ID}
          and n.notification_sent > now() - interval '12 hours' and n.git_repository_url = t.url
          and n.git_repository_branch = r.branch and n.origin = r.origin
          and coalesce(n.path, '[]')::jsonb = to_jsonb(r.paths)) as "isSent"
      from ${reports(given)} as r join ${trees(given)} as t on t.file = r.file and t.name = r.tree
      where ${id === undefined ? sql`true` : sql`${REPORT_ID} = ${id}`} order by r.file, r.tree, r.position`,
  );
}

const Hardware = z.object({ platform: z.string(), origin: z.string(), labs: texts, recipients: texts });
/** A platform that somebody subscribed to: the names of its labs, and who is told. */
export type Hardware = z.infer<typeof Hardware>;

/** The platforms that somebody subscribed to. */
export async function listHardware(db: Database, given?: Subscriptions): Promise<Hardware[]> {
  return await rows(
    db,
    Hardware,
    sql`select platform, origin, array(select jsonb_object_keys(labs) order by 1) as labs, default_recipients as recipients
      from ${hardware(given)} as h order by platform, origin`,
  );
}

const AllSubscriptions = z.object({
  trees: z.array(
    z.object({
      file: z.string(),
      name: z.string(),
      url: z.string(),
      default_recipients: texts,
      reports: z.array(
        z.object({
          label: z.string(),
          branch: z.string(),
          origin: z.string(),
          always: z.boolean(),
          path: texts,
          recipients: texts,
          ignore_default_recipients: z.boolean(),
        }),
      ),
    }),
  ),
  hardware: z.array(
    z.object({
      file: z.string(),
      platform: z.string(),
      origin: z.string(),
      labs: z.record(z.string(), z.string()),
      default_recipients: texts,
    }),
  ),
});
/** All that is subscribed to, as the files had it. */
export type AllSubscriptions = z.infer<typeof AllSubscriptions>;

/** All that is subscribed to, in the order of the files. */
export async function listSubscriptions(db: Database): Promise<AllSubscriptions> {
  return await onlyBoundedRow(
    db,
    AllSubscriptions,
    sql`select
        ${arrayJson(sql`select file, name, url, default_recipients, ${arrayJson(sql`
            select r.label, r.branch, r.origin, r.always, r.paths as path, r.recipients,
              r.ignores_default_recipients as ignore_default_recipients
            from ${subscribedReports} r where r.file = t.file and r.tree = t.name order by r.position`)} as reports
          from ${subscribedTrees} t order by file, name`)} as trees,
        ${arrayJson(sql`select file, platform, origin, labs, default_recipients from ${subscribedHardware}
          order by file, platform`)} as hardware`,
  );
}

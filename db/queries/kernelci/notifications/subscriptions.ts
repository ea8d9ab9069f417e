import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rowsOf } from "../../../client.ts";
import { subscribedHardware, subscribedReports, subscribedTrees } from "../../../schema/index.ts";

const texts = z.array(z.string());

const Recipients = z.object({ recipients: texts });

/** The default recipients of a tree, by its name or by its repository. */
export async function listTreeRecipients(db: Database, tree: { name: string } | { url: string }): Promise<string[]> {
  const isTree = "name" in tree ? sql`name = ${tree.name}` : sql`url = ${tree.url}`;
  const rows = await rowsOf(
    db,
    sql`select default_recipients as recipients from ${subscribedTrees} where ${isTree} order by file, name`,
  );
  return [...new Set(rows.flatMap((row) => Recipients.parse(row).recipients))];
}

const SubscribedReport = z.object({
  id: z.string(),
  url: z.string(),
  branch: z.string(),
  origin: z.string(),
  always: z.boolean(),
  paths: texts,
  recipients: texts,
});
/** A report that somebody subscribed to, with all who get it. */
export type SubscribedReport = z.infer<typeof SubscribedReport>;

const REPORT_ID = sql`r.file || ':' || r.tree || ':' || r.position`;

/** The reports that somebody subscribed to, all or one, in the order of the files. */
export async function listReports(db: Database, id?: string): Promise<SubscribedReport[]> {
  const rows = await rowsOf(
    db,
    sql`select ${REPORT_ID} as id, t.url, r.branch, r.origin, r.always, r.paths,
        case when r.ignores_default_recipients then r.recipients else t.default_recipients || r.recipients end as recipients
      from ${subscribedReports} r join ${subscribedTrees} t on t.file = r.file and t.name = r.tree
      where ${id === undefined ? sql`true` : sql`${REPORT_ID} = ${id}`} order by r.file, r.tree, r.position`,
  );
  return z.array(SubscribedReport).parse(rows);
}

const Hardware = z.object({ platform: z.string(), origin: z.string(), labs: texts, recipients: texts });
/** A platform that somebody subscribed to: the names of its labs, and who is told. */
export type Hardware = z.infer<typeof Hardware>;

/** The platforms that somebody subscribed to. */
export async function listHardware(db: Database): Promise<Hardware[]> {
  const rows = await rowsOf(
    db,
    sql`select platform, origin, array(select jsonb_object_keys(labs) order by 1) as labs, default_recipients as recipients
      from ${subscribedHardware} order by platform, origin`,
  );
  return z.array(Hardware).parse(rows);
}

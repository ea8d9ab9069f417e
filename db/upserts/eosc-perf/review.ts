import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { benchmarks, claims, flavors, results, sites, submits } from "../../schema/index.ts";
import { type Changed, changed } from "./changed.ts";
import { mailAboutClaim, mailToUploader } from "./mails.ts";

/** What is reviewed, by kind of submit (contract section 4). */
const TABLES = { benchmark: benchmarks, site: sites, flavor: flavors, claim: claims };
export type ReviewedKind = keyof typeof TABLES;

/** What became of a decision: `decided` when the resource was approved before, `unknown` when there is none. */
export type Decision = "done" | "decided" | "unknown";

/**
 * A CTE body beside one named `made`, which returns the new row of a resource: makes the submit that the row's
 * `_submit_report_id` (a fresh UUID) points at.
 */
export function submitOf(kind: ReviewedKind): SQL {
  return sql`insert into ${submits} (id, resource_type, upload_datetime)
    select _submit_report_id, ${kind}, upload_datetime from made`;
}

/** Two CTEs beside such a `made`: the submit, and the mail to the uploader that the resource awaits review. */
export function awaitingReview(kind: Exclude<ReviewedKind, "claim">): SQL {
  return sql`submitted as (${submitOf(kind)}), mailed as (${mailToUploader("submitted", kind, sql`made r`)})`;
}

const Reviewed = z.object({ status: z.enum(["on_review", "approved"]) });

/** Locks the resource, so that of two decisions at once one comes second. */
const wanted = (kind: ReviewedKind, id: string) =>
  sql`select id, status, _submit_report_id, uploader_sub, uploader_iss from ${TABLES[kind]} where id = ${id}::uuid for update`;

async function decide(db: Database, kind: ReviewedKind, id: string, how: SQL): Promise<Decision> {
  const statement = sql`with wanted as materialized (${wanted(kind, id)}), ${how} select status from wanted`;
  const found = await firstRow(db, Reviewed, statement);
  if (found === undefined) return "unknown";
  return found.status === "approved" ? "decided" : "done";
}

/** The mail to the uploader of what `wanted` found on review. */
const mailed = (event: "approved" | "rejected", kind: ReviewedKind) =>
  sql`mailed as (${mailToUploader(event, kind, sql`(select * from wanted where status = 'on_review') r`)})`;

const approved = (kind: ReviewedKind) => sql`approved as (
      update ${TABLES[kind]} r set status = 'approved', _submit_report_id = null
      from wanted where r.id = wanted.id and wanted.status = 'on_review'
    ), ended as (
      delete from ${submits} m using wanted where m.id = wanted._submit_report_id and wanted.status = 'on_review'
    ), ${mailed("approved", kind)}`;

/** Approves what is on review; its submit is gone then. */
export async function approve(db: Database, kind: ReviewedKind, id: string): Promise<Decision> {
  return await decide(db, kind, id, approved(kind));
}

/** Approves a claim; its result stays hidden, whatever becomes of later claims. */
export async function approveClaim(db: Database, claim: string): Promise<Decision> {
  const withdrawn = sql`withdrawn as (
      update ${results} r set withdrawn = true from wanted
      where r._claim_report_id = wanted.id and wanted.status = 'on_review'
    )`;
  return await decide(db, "claim", claim, sql`${withdrawn}, ${approved("claim")}`);
}

const rejected = (kind: ReviewedKind) => sql`rejected as (
      delete from ${TABLES[kind]} r using wanted where r.id = wanted.id and wanted.status = 'on_review'
    ), ${mailed("rejected", kind)}`;

/** Deletes what is on review, with its submit. */
export async function reject(db: Database, kind: ReviewedKind, id: string): Promise<Decision> {
  return await decide(db, kind, id, rejected(kind));
}

/** Rejects a claim and shows its result again, unless an admin decided that it stays hidden. */
export async function rejectRestoring(db: Database, claim: string): Promise<Decision> {
  const restored = sql`restored as (
      update ${results} r set deleted = false, _claim_report_id = null from wanted
      where r._claim_report_id = wanted.id and wanted.status = 'on_review' and not r.withdrawn
      returning r.id, r.uploader_sub, r.uploader_iss
    ), told as (${mailAboutClaim("restored", sql`restored r cross join wanted c`)})`;
  return await decide(db, "claim", claim, sql`${restored}, ${rejected("claim")}`);
}

/** Deletes a resource, decided or not, with everything that depends on it. */
export async function deleteReviewed(db: Database, kind: ReviewedKind, id: string): Promise<Changed> {
  return await changed(db, sql`delete from ${TABLES[kind]} where id = ${id}::uuid returning id`);
}

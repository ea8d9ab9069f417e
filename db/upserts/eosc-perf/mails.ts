import { type SQL, sql } from "drizzle-orm";
import { outbox, users } from "../../schema/index.ts";

/** What mails tell of (contract section 12). */
export type MailEvent = "registered" | "updated" | "submitted" | "approved" | "rejected" | "claimed" | "restored";

/**
 * A CTE body that puts a mail into the outbox for every row of `from`, to the address in `recipient`: the mail is there
 * if, and only if, what it tells of has happened. `about` is a JSON object of texts.
 */
export function mailTo(recipient: SQL, event: MailEvent, { about, from }: { about: SQL; from: SQL }): SQL {
  return sql`insert into ${outbox} (source, event, recipient, about)
    select 'eosc-perf', ${event}, ${recipient}, ${about}::jsonb from ${from}`;
}

/**
 * The same, to whoever uploaded a row `r` of `from`, which has `id`, `uploader_sub` and `uploader_iss`. For claims
 * `kind` is `claim`; about results see `mailAboutClaim`.
 */
export function mailToUploader(event: MailEvent, kind: string, from: SQL): SQL {
  return mailTo(sql`u.email`, event, {
    about: sql`json_build_object('kind', ${kind}::text, 'id', r.id)`,
    from: sql`${from} join ${users} u on u.sub = r.uploader_sub and u.iss = r.uploader_iss`,
  });
}

/**
 * The same, to whoever uploaded the result `r` that a claim `c` is about (`from` has both): `claimed` when it was made,
 * `restored` when the result is shown again.
 */
export function mailAboutClaim(event: "claimed" | "restored", from: SQL): SQL {
  return mailTo(sql`u.email`, event, {
    about: sql`json_build_object('kind', 'result', 'id', r.id, 'claim', c.id)`,
    from: sql`${from} join ${users} u on u.sub = r.uploader_sub and u.iss = r.uploader_iss`,
  });
}

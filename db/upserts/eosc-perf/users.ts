import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import type { Person, UserChoice } from "../../render/eosc-perf/keys.ts";
import { USER } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { users } from "../../schema/index.ts";
import { mailTo } from "./mails.ts";
import { UTC_NOW } from "./utc-now.ts";

const NOTHING = sql`json_build_object()`;

/** Registers somebody; the user as JSON text, or undefined when they are registered already. */
export async function registerUser(db: Database, user: Person & { email: string }): Promise<string | undefined> {
  const { sub, iss, email } = user;
  return await oneJson(
    db,
    sql`
    with u as (
      insert into ${users} (sub, iss, email, registration_datetime) values (${sub}, ${iss}, ${email}, ${UTC_NOW})
      on conflict do nothing returning *
    ), mailed as (${mailTo(sql`u.email`, "registered", { about: NOTHING, from: sql`u` })})
    select ${USER}::text as json from u`,
  );
}

/** Replaces a user's email; a mail to the new address says so. */
export async function updateEmail(db: Database, { sub, iss, email }: Person & { email: string }): Promise<void> {
  await db.execute(sql`
    with u as (update ${users} set email = ${email} where sub = ${sub} and iss = ${iss} returning email),
      mailed as (${mailTo(sql`u.email`, "updated", { about: NOTHING, from: sql`u` })})
    select email from u`);
}

/** Removes every user that has all the values given, with all they uploaded and what depends on it. */
export async function removeUsers(db: Database, { sub = null, iss = null, email = null }: NullableChoice) {
  await db.execute(sql`delete from ${users} where sub = coalesce(${sub}, sub) and iss = coalesce(${iss}, iss)
      and email = coalesce(${email}, email) returning sub`);
}

type NullableChoice = { [K in keyof UserChoice]: UserChoice[K] | null };

import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import type { Person, UserChoice } from "../../render/eosc-perf/keys.ts";
import { USER } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { users } from "../../schema/index.ts";
import { equalTo, matchesTerms } from "./conditions.ts";
import { everyListed, type Listed, type Page } from "./listed.ts";
import { byBytes, orderOf, type Sort } from "./sort.ts";

const SORTS = {
  sub: byBytes(sql`u.sub`),
  iss: byBytes(sql`u.iss`),
  email: byBytes(sql`u.email`),
  registration_datetime: sql`u.registration_datetime`,
};
export type UserField = keyof typeof SORTS;
export const USER_FIELDS: readonly UserField[] = ["sub", "iss", "email", "registration_datetime"];

const Registered = z.object({ sub: z.string() });

/** Whether somebody is registered. */
export async function isRegistered(db: Database, { sub, iss }: Person): Promise<boolean> {
  const found = sql`select u.sub from ${users} u where u.sub = ${sub} and u.iss = ${iss}`;
  return (await firstRow(db, Registered, found)) !== undefined;
}

/** A user as JSON text; undefined for somebody who is not registered. */
export async function userOf(db: Database, { sub, iss }: Person): Promise<string | undefined> {
  return await oneJson(db, sql`select ${USER}::text as json from ${users} u where u.sub = ${sub} and u.iss = ${iss}`);
}

/** A page of users. */
export async function usersBy(
  db: Database,
  question: UserChoice & { terms?: readonly string[]; sorts: readonly Sort<UserField>[]; page: Page },
): Promise<Listed> {
  const { sub, iss, email, terms = [], sorts, page } = question;
  const columns = { sub: sql`u.sub`, iss: sql`u.iss`, email: sql`u.email` };
  return await everyListed(db, {
    from: sql`${users} u`,
    where: [...equalTo(columns, { sub, iss, email }), ...matchesTerms([columns.email], terms)],
    item: USER,
    order: orderOf(sorts, SORTS, sql`u.sub, u.iss`),
    page,
  });
}

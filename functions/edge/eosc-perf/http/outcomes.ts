import type { Context } from "hono";
import type { Changed } from "../../../../db/upserts/eosc-perf/changed.ts";
import type { Decision } from "../../../../db/upserts/eosc-perf/review.ts";
import type { Env } from "../../env.ts";
import { announceMails } from "./announce-mails.ts";
import { refusedFor } from "./errors.ts";
import { jsonAnswer } from "./pages.ts";

/** What the original calls things it does not find: `Record`, or by their name. */
export type Thing = "Record" | "Benchmark" | "Result" | "Claim";

/** Refuses an id nobody knows. */
export function notFound(thing: Thing, id: string) {
  return refusedFor(404, `${thing} ${id} not found in the database`);
}

/** Answers with one object, rendered by the database. */
export function foundAnswer(c: Context<Env>, json: string | undefined, thing: Thing, id: string): Response {
  if (json === undefined) throw notFound(thing, id);
  return jsonAnswer(c, 200, json);
}

/** Answers with what was made, or says that it is there already. */
export function madeAnswer(c: Context<Env>, json: string | undefined, taken: string): Response {
  if (json === undefined) throw refusedFor(409, `${taken} already submitted/exists`);
  return jsonAnswer(c, 201, json);
}

/** The same for what a mail tells of. */
export function announcedAnswer(c: Context<Env>, json: string | undefined, taken: string): Response {
  if (json !== undefined) announceMails(c);
  return madeAnswer(c, json, taken);
}

/** Answers a change of something. `kind` is its word in conflicts. */
export function changedAnswer(c: Context<Env>, outcome: Changed, { thing, id, kind }: Names): Response {
  if (outcome === "unknown") throw notFound(thing, id);
  if (outcome === "conflict") throw refusedFor(409, `Changes conflict submitted/existing ${kind}`);
  return c.body(null, 204);
}

type Names = { thing: Thing; id: string; kind: string };

/** Answers an approval or a rejection, of which a mail tells (contract section 4); `kind` as in `Site <id> was already approved`. */
export function decisionAnswer(c: Context<Env>, outcome: Decision, { thing, id, kind }: Names): Response {
  if (outcome === "unknown") throw notFound(thing, id);
  if (outcome === "decided") throw refusedFor(422, `${kind} ${id} was already approved`);
  announceMails(c);
  return c.body(null, 204);
}

import type { z } from "@hono/zod-openapi";
import type { Context, TypedResponse } from "hono";
import type { Changed } from "../../../../db/upserts/eosc-perf/changed.ts";
import type { Decision } from "../../../../db/upserts/eosc-perf/review.ts";
import type { Env } from "../../env.ts";
import { announceMails } from "./announce-mails.ts";
import { refusedFor } from "./errors.ts";
import { type JsonResponse, jsonResponse } from "./pages.ts";

/** What the original calls things it does not find: `Record`, or by their name. */
export type Thing = "Record" | "Benchmark" | "Result" | "Claim";

/** Refuses an id nobody knows. */
export function notFound(thing: Thing, id: string) {
  return refusedFor(404, `${thing} ${id} not found in the database`);
}

/** Answers with one object, rendered by the database. */
export function foundResponse<S extends z.ZodType>(
  c: Context<Env>,
  schema: S,
  json: string | undefined,
  thing: Thing,
  id: string,
): JsonResponse<S, 200> {
  if (json === undefined) throw notFound(thing, id);
  return jsonResponse(c, 200, schema, json);
}

/** Answers with what was made, or says that it is there already. */
export function createdResponse<S extends z.ZodType>(
  c: Context<Env>,
  schema: S,
  json: string | undefined,
  taken: string,
): JsonResponse<S, 201> {
  if (json === undefined) throw refusedFor(409, `${taken} already submitted/exists`);
  return jsonResponse(c, 201, schema, json);
}

/** The same for what a mail tells of. */
export function announcedResponse<S extends z.ZodType>(
  c: Context<Env>,
  schema: S,
  json: string | undefined,
  taken: string,
): JsonResponse<S, 201> {
  if (json !== undefined) announceMails(c);
  return createdResponse(c, schema, json, taken);
}

/** A response without a body, as contracts type it. */
type Empty<Status extends 202 | 204> = Response & TypedResponse<Record<never, never>, Status, string>;
export type Done = Empty<204>;

/** Done, and nothing to say. */
export function done(c: Context<Env>): Done {
  const response: Response = c.body(null, 204);
  // Hono types a missing body as null, contracts as {}.
  return response as Done;
}

/** Durably taken; what becomes of it is told at `location`. */
export function accepted(c: Context<Env>, location: string): Empty<202> {
  const response: Response = c.body(null, 202, { location });
  // As above.
  return response as Empty<202>;
}

/** Answers a change of something. `kind` is its word in conflicts. */
export function changedResponse(c: Context<Env>, outcome: Changed, { thing, id, kind }: Names): Done {
  if (outcome === "unknown") throw notFound(thing, id);
  if (outcome === "conflict") throw refusedFor(409, `Changes conflict submitted/existing ${kind}`);
  return done(c);
}

type Names = { thing: Thing; id: string; kind: string };

/** Answers an approval or a rejection, of which a mail tells (contract section 4); `kind` as in `Site <id> was already approved`. */
export function decisionResponse(c: Context<Env>, outcome: Decision, { thing, id, kind }: Names): Done {
  if (outcome === "unknown") throw notFound(thing, id);
  if (outcome === "decided") throw refusedFor(422, `${kind} ${id} was already approved`);
  announceMails(c);
  return done(c);
}

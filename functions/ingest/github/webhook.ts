import * as z from "zod";
import { type GithubFacts, mergeFacts } from "../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../db/upserts/github/store.ts";
import { readFormField } from "../../formats/form-field.ts";
import { parseExactJson } from "../../json-text/exact-json.ts";
import { isJsonObject } from "../../json-text/json-object.ts";
import type { Config } from "../config.ts";
import type { Kind } from "../kinds.ts";
import { Rejection } from "../outcome.ts";
import { readStorable, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import { type Placed, refuseLargeObjects } from "../read/object-size.ts";
import { refuseLargeStructure } from "../read/structure.ts";
import { factsOfEvent, isReadEvent, sent } from "./event-facts.ts";
import { isGithubName } from "./names.ts";
import { parseParts } from "./parts.ts";
import { Repository, repositoryMet } from "./repository.ts";
import { isWatched } from "./watched.ts";

/** A GitHub webhook delivery: the event header alone says what it is (contract section 3). */
export const githubWebhook: Kind<Partial<GithubFacts>> = {
  read(envelope, body, config) {
    // What nothing reads may be as large and as odd as its sender likes.
    if (!isReadEvent(envelope.event)) return { outcome: "ignored", item: {} };
    const { payload, replaced } = payloadOf(body, envelope.contentType, config);
    // Organisations and apps have events of the same names.
    if (!isJsonObject(payload.repository)) return { outcome: "ignored", item: {}, replaced };
    const facts = factsOfEvent(envelope.event, payload, envelope.receiptId);
    if (facts === undefined) return { outcome: "ignored", item: {}, replaced };
    const repository = parseParts(Repository, payload.repository);
    if (!isWatched(repository, config)) return { outcome: "ignored", item: {}, replaced };
    return {
      outcome: "applied",
      replaced,
      item: { repos: [repositoryMet(repository, sent(payload, "repository"), envelope.receiptId)], ...facts },
    };
  },
  async store(tx, items) {
    await storeGithubFacts(tx, mergeFacts(items));
  },
};

const Payload = z.record(z.string(), z.unknown());

/** The JSON object of a delivery, out of its form field when it was sent as a form (contract section 2). */
function payloadOf(body: Uint8Array<ArrayBuffer>, contentType: string, config: Config) {
  const text = textOf(body);
  const isForm = contentType.toLowerCase().startsWith("application/x-www-form-urlencoded");
  const json = isForm ? readFormField(text, "payload") : text;
  if (json === null) throw new Rejection("the form has no field named payload");
  refuseLargeStructure(json, { values: config.GITHUB_MAX_VALUES });
  const { text: clean, value, replaced } = readStorable(json, isGithubName, parseExactJson);
  const payload = parsed(Payload, value);
  const bytes = config.GITHUB_MAX_OBJECT_BYTES;
  refuseLargeObjects(clean, placedObjects(payload), { setting: "GITHUB_MAX_OBJECT_BYTES", bytes });
  return { payload, replaced };
}

/** What a payload holds, each commit of a list alone. */
function* placedObjects(payload: Record<string, unknown>): Generator<Placed> {
  for (const [name, value] of Object.entries(payload)) {
    const place = `/${name.slice(0, 100).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!Array.isArray(value)) yield [place, value];
    else for (const [at, item] of value.entries()) yield [`${place}/${at}`, item];
  }
}

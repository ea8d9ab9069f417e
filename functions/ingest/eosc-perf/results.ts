import * as z from "zod";
import { type BatchFacts, lockReferred } from "../../../db/queries/eosc-perf/batch-facts.ts";
import type { Person } from "../../../db/render/eosc-perf/keys.ts";
import { type BatchResult, storeResults } from "../../../db/upserts/eosc-perf/result-batch.ts";
import { isAfter, readDateTime } from "../../formats/date-time.ts";
import { parseUuid } from "../../formats/uuid.ts";
import type { BatchSteps } from "../../json-schema/budget.ts";
import { documentRefusal } from "../../json-schema/check.ts";
import type { Limits } from "../../json-schema/limits.ts";
import type { Kind } from "../kinds.ts";
import { Rejection } from "../outcome.ts";
import { readStorable, textOf } from "../parse-body.ts";
import { refuseLargeStructure } from "../read/structure.ts";

const MOST_LINES = 10_000;
const MOST_REASONS = 20;

const Uploader = z.strictObject({ sub: z.string(), iss: z.string() });
/** Values that a line may hold beside its document: itself, its members and its tags. */
const VALUES_BESIDE = 1_000;
const id = z.string().transform((text, context) => {
  const parsed = parseUuid(text);
  if (parsed === undefined) context.addIssue("is not a UUID");
  return parsed ?? z.NEVER;
});
const Line = z.strictObject({
  execution_datetime: z.string(),
  benchmark_id: id,
  flavor_id: id,
  tags_ids: z.array(id).default([]),
  json: z.looseObject({}),
});

/** Results of one batch, who uploads them and what checking one may cost; `line` counts from 1. */
type Batch = { uploader: Person; results: (BatchResult & { line: number })[]; limits: Limits };

/** Many results at once, all or none (`POST /eosc-perf/results:batch`): a line says who uploads, then a line a result. */
export const eoscPerfResults: Kind<Batch> = {
  read(envelope, body, limits) {
    const [head, ...given] = filledLines(textOf(body));
    const uploader = Uploader.parse(JSON.parse(head?.text ?? ""));
    if (given.length === 0) throw new Rejection("there are no results");
    const received = new Date(envelope.receivedAt);
    const results = eachLine(given, ({ line, text }) => ({
      line,
      ...readLine(text, received, limits.EOSC_PERF_MAX_VALUES),
    }));
    return { outcome: "applied", item: { uploader, results, limits } };
  },
  async store(tx, batches) {
    for (const { uploader, results, limits } of batches) {
      const facts = await lockReferred(tx, results);
      const steps = { left: limits.EOSC_PERF_MAX_BATCH_STEPS };
      eachLine(results, (result) => checkResult(result, facts, limits, steps));
      await storeResults(tx, results, uploader);
    }
  },
};

/** The lines that are not blank, counted from 0; a body may have a million others. */
function filledLines(text: string): { line: number; text: string }[] {
  const lines: { line: number; text: string }[] = [];
  for (let line = 0, start = 0; start < text.length; line += 1) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const one = text.slice(start, end);
    if (one.trim() !== "") lines.push({ line, text: one });
    if (lines.length > MOST_LINES + 1) throw new Rejection(`there are more than ${MOST_LINES} results`);
    start = end + 1;
  }
  return lines;
}

/** Does the same with each line; throws one Rejection for all that are wrong. */
function eachLine<G extends { line: number }, T>(given: readonly G[], work: (one: G) => T): T[] {
  const reasons: string[] = [];
  let wrong = 0;
  const done = given.flatMap((one) => {
    try {
      return [work(one)];
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      wrong += 1;
      if (wrong <= MOST_REASONS) reasons.push(`line ${one.line}: ${error.message.slice(0, 150)}`);
      return [];
    }
  });
  if (wrong > MOST_REASONS) reasons.push(`and ${wrong - MOST_REASONS} more`);
  if (wrong > 0) throw new Rejection(reasons.join("; "));
  return done;
}

function readLine(sent: string, received: Date, values: number): BatchResult {
  refuseLargeStructure(sent, { values: values + VALUES_BESIDE });
  const { text, value } = readStorable(sent);
  const read = Line.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Rejection(`${issue?.path.join(".") || "the line"}: ${issue?.message}`);
  }
  const { execution_datetime, benchmark_id, flavor_id, tags_ids } = read.data;
  const executed = readDateTime(execution_datetime);
  if (executed === undefined) throw new Rejection("execution_datetime: Not a valid datetime.");
  if (!executed.zoned) throw new Rejection("Execution date must include timezone");
  if (isAfter(executed, received)) throw new Rejection("Execution date cannot be in future");
  return { text, executed: executed.utc, benchmark_id, flavor_id, tags_ids };
}

/** The checks of a single upload, in its order (contract section 8). */
function checkResult(result: BatchResult, facts: BatchFacts, limits: Limits, steps: BatchSteps): void {
  const { benchmark_id, flavor_id, tags_ids, text } = result;
  const benchmark = facts.benchmarks.get(benchmark_id);
  const flavor = facts.flavors.get(flavor_id);
  const absent = [
    ...(benchmark === undefined ? [benchmark_id] : []),
    ...(flavor === undefined ? [flavor_id] : []),
    ...tags_ids.filter((tag) => !facts.tags.has(tag)),
  ];
  if (benchmark?.status === "on_review") throw new Rejection(`Benchmark ${benchmark_id} not approved`);
  if (flavor === "on_review") throw new Rejection(`Flavor ${flavor_id} not approved`);
  if (benchmark === undefined || absent.length > 0) throw new Rejection(`NoneType ${absent[0]} not in database`);
  const unfit = documentRefusal({ text, member: "json" }, benchmark.schema, limits, steps);
  if (unfit !== undefined) throw new Rejection(`${unfit.error} at ${unfit.path}`);
  if (new Set(tags_ids).size < tags_ids.length) throw new Rejection("Integrity error");
}

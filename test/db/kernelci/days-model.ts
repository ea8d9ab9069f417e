import type { Objects } from "../../../db/upserts/kernelci/objects.ts";
import { between, oneOf, type Random } from "../../faults/random.ts";
import { madeSubmission } from "./made-submissions.ts";

/** `metrics/` said once more in plain words, from the stored objects (contract part 08). */

type Row = Record<string, unknown>;
export type AllObjects = Record<"checkouts" | "builds" | "tests" | "issues" | "incidents", Row[]>;

const DAY_MS = 86_400_000;
const MIDNIGHT = new Date().setUTCHours(0, 0, 0, 0);
const isIn = (start: number, end: number) => (row: Row) => {
  const at = Date.parse(String(row._timestamp));
  return at >= MIDNIGHT - start * DAY_MS && at < MIDNIGHT - end * DAY_MS;
};

export function expectedMetrics(stored: AllObjects, start: number, end: number): Row {
  const now = figures(stored, start, end);
  const before = figures(stored, 2 * start - end, start);
  const prefixed = Object.entries(before).map(([name, value]) => [`prev_${name}`, value]);
  const count = (rows: Row[]) => rows.filter(isIn(start, end)).length;
  return {
    ...now,
    ...Object.fromEntries(prefixed),
    n_issues: count(stored.issues),
    n_incidents: count(stored.incidents),
    ...issuesSeen(stored, isIn(start, end)),
  };
}

function figures({ checkouts, builds, tests }: AllObjects, start: number, end: number) {
  const [inside, runs] = [checkouts.filter(isIn(start, end)), tests.filter(isIn(start, end))];
  const labs = new Map<string, { builds: Set<unknown>; boots: number; tests: number }>();
  for (const { misc, build_id, path } of runs) {
    const lab = Object(misc).runtime;
    if (typeof lab !== "string") continue;
    const counts = labs.get(lab) ?? { builds: new Set(), boots: 0, tests: 0 };
    counts.builds.add(build_id);
    if (path === "boot" || String(path).startsWith("boot.")) counts.boots += 1;
    else if (path !== null) counts.tests += 1;
    labs.set(lab, counts);
  }
  return {
    n_trees: new Set(inside.map(({ tree_name }) => tree_name).filter((name) => name !== null)).size,
    n_checkouts: inside.length,
    n_builds: builds.filter(isIn(start, end)).length,
    n_tests: runs.length,
    lab_maps: Object.fromEntries([...labs].map(([lab, counts]) => [lab, { ...counts, builds: counts.builds.size }])),
  };
}

function issuesSeen({ issues, incidents }: AllObjects, isInside: (row: Row) => boolean) {
  const ofBuilds = incidents
    .filter(({ build_id }) => build_id !== null)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const isFirst = (incident: Row) => ofBuilds.find(({ issue_id }) => issue_id === incident.issue_id) === incident;
  const seen: { counts: Row; top: Row; fresh: Row } = { counts: {}, top: {}, fresh: {} };
  for (const origin of new Set(ofBuilds.filter(isInside).map((incident) => String(incident.origin)))) {
    const own = ofBuilds.filter((incident) => isInside(incident) && incident.origin === origin);
    const ids = new Set(own.map(({ issue_id }) => issue_id));
    const firsts = new Set(own.filter(isFirst).map(({ issue_id }) => issue_id));
    seen.counts[origin] = {
      total_incidents: own.length,
      n_new_issues: firsts.size,
      n_existing_issues: ids.size - firsts.size,
      n_total_issues: ids.size,
    };
    const known = issues
      .map(({ id, version, comment }) => ({ id, version, comment, total_incidents: countOf(own, id, version) }))
      .filter(({ total_incidents }) => total_incidents > 0)
      .sort((a, b) => b.total_incidents - a.total_incidents || (String(a.id) < String(b.id) ? -1 : 1));
    const fresh = known.filter(({ id }) => firsts.has(id));
    if (known.length > 0) seen.top[origin] = known.slice(0, 3);
    if (fresh.length > 0) seen.fresh[origin] = fresh;
  }
  return {
    build_incidents_by_origin: seen.counts,
    top_issues_by_origin: seen.top,
    new_issues_by_origin: seen.fresh,
  };
}

const countOf = (incidents: Row[], id: unknown, version: unknown) =>
  incidents.filter(({ issue_id, issue_version }) => issue_id === id && issue_version === version).length;
const orderOf = ({ _timestamp, id }: Row) => `${_timestamp} ${id}`;

/** A submission with issues, of which half say, as a copy does, on which of the last days each object came. */
export function datedSubmission(random: Random): Objects {
  const objects = madeSubmission(random);
  const issues = Array.from({ length: between(random, 0, 2) }, () => ({
    id: oneOf(random, ["maestro:x", "maestro:y", "maestro:z"]),
    origin: "maestro",
    version: between(random, 1, 2),
    comment: oneOf(random, ["breaks", null]),
  }));
  const incidents = objects.incidents.map((incident) => ({ ...incident, origin: oneOf(random, ["maestro", "ti"]) }));
  const tests = objects.tests.map((test) => (random() < 0.2 ? { ...test, misc: null } : test));
  const sent = { ...objects, tests, issues, incidents };
  const isCopy = random() < 0.5;
  const dated = <R extends object>(rows: R[]): R[] =>
    isCopy
      ? rows.map((row) => ({ ...row, ingestedAt: dayAgo(between(random, 0, 6), between(random, 0, 86_399)) }))
      : rows;
  return {
    checkouts: dated(sent.checkouts),
    builds: dated(sent.builds),
    tests: dated(sent.tests),
    issues: dated(sent.issues),
    incidents: dated(sent.incidents),
  };
}

const dayAgo = (days: number, second: number) => new Date(MIDNIGHT - days * DAY_MS + second * 1_000).toISOString();

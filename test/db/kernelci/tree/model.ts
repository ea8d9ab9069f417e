import type { Filters, ItemFilters, TestFilters, WantedIssue } from "../../../../db/queries/kernelci/filters.ts";
import type { Commit } from "./made-commits.ts";

type Known = { id: string; version: number } | undefined;
type Row = { build: number; test: number | undefined; ofTest: boolean; issue: Known };
type Kind = "builds" | "boots" | "tests";

/** What an answer says of one kind. */
export type Said = { items: string[]; told: Record<string, number>; unknown: number; offered: string[]; seen: boolean };

/** With the items that a failure without an issue was counted of. */
type Counted = Said & { lone: Set<string> };

const NONE = { id: "Uncategorized", version: null };
const isOneOf = (value: string, wanted: readonly string[]) => wanted.length === 0 || wanted.includes(value);
const isWanted = (wanted: readonly WantedIssue[], one: WantedIssue) =>
  wanted.some(({ id, version }) => id === one.id && version === one.version);
const isPlain = (status: string) => status !== "FAIL" && status !== "NULL";

/** Everything of a commit, said row by row as contract parts 04 and 05 put it; `name` makes ids of positions. */
export function everythingByRows(commit: Commit, filters: Filters, name: (what: string, n: number) => string) {
  const said: Record<Kind, Counted> = { builds: empty(), boots: empty(), tests: empty() };
  for (const row of rowsOf(commit)) {
    const build = commit.builds[row.build];
    if (build === undefined) continue;
    const test = row.test === undefined ? undefined : commit.tests[row.test];
    const status = build.status ?? "NULL";
    const chosen =
      isOneOf(build.architecture ?? "Unknown", filters.architectures) &&
      isOneOf(test?.compatible?.[0] ?? test?.platform ?? build.platform ?? "Unknown", filters.hardware) &&
      isOneOf(test?.runtime ?? "Unknown", filters.labs);

    const isOwn = row.issue !== undefined && !row.ofTest && !isPlain(status);
    offer(said.builds, row.issue, isOwn, status);
    const buildIssue = row.issue === undefined ? NONE : { ...row.issue, ...(row.ofTest ? { id: NONE.id } : {}) };
    const buildPasses =
      itemPasses(filters.build, status, build.duration) &&
      (filters.build.issues.length === 0 || (!isPlain(status) && isWanted(filters.build.issues, buildIssue)));
    if (chosen && !build.isDummy && buildPasses)
      count(said.builds, name("b", row.build), row.issue, isOwn, status, "each item");

    if (test === undefined || row.test === undefined) continue;
    const kind = test.path === "boot" || test.path?.startsWith("boot.") ? "boots" : "tests";
    const ofKind = kind === "boots" ? filters.boot : filters.test;
    const result = test.status ?? "NULL";
    const isTold = row.issue !== undefined && row.ofTest;
    offer(said[kind], row.issue, isTold, result);
    const hasFailed = !isPlain(status) || result === "FAIL";
    if (chosen && testPasses(ofKind, test.path ?? "Unknown", result, test.duration, row, hasFailed))
      count(said[kind], name("t", row.test), row.issue, isTold, result, "each row");
  }
  const withoutLone = ({ lone: _, ...one }: Counted): Said => ({ ...one, items: [...new Set(one.items)].sort() });
  return { builds: withoutLone(said.builds), boots: withoutLone(said.boots), tests: withoutLone(said.tests) };
}

const empty = (): Counted => ({ items: [], told: {}, unknown: 0, offered: [], seen: false, lone: new Set() });

/** Builds by tests by incidents, newest issue first and rows without an issue before all. */
function rowsOf({ builds, tests, incidents }: Commit): Row[] {
  const rows = builds.flatMap((_, build): Row[] => {
    const own = [...tests.keys()].filter((test) => tests[test]?.build === build);
    return (own.length === 0 ? [undefined] : own).flatMap((test): Row[] => {
      const named = incidents.filter((one) => one.build === build || (test !== undefined && one.test === test));
      if (named.length === 0) return [{ build, test, ofTest: false, issue: undefined }];
      return named.map(({ issue, version, test: of }) => ({
        ...{ build, test, ofTest: of !== null },
        issue: issue < 3 && version === 1 ? { id: `i${issue}`, version } : undefined,
      }));
    });
  });
  const age = ({ issue }: Row) => (issue === undefined ? -1 : Number(issue.id.slice(1)));
  // Of rows of one issue those that tell of the build go first: the answer leaves it open.
  return rows.sort((a, b) => age(a) - age(b) || Number(a.ofTest) - Number(b.ofTest));
}

function itemPasses({ statuses, duration }: ItemFilters, status: string, seconds: number | null): boolean {
  const { least, most } = duration;
  const isBound = least !== undefined || most !== undefined;
  if (isBound && seconds === null) return false;
  const whole = Math.trunc(seconds ?? 0);
  return isOneOf(status, statuses) && whole >= (least ?? whole) && whole <= (most ?? whole);
}

function testPasses(
  wanted: TestFilters,
  path: string,
  status: string,
  seconds: number | null,
  { issue, ofTest }: Row,
  hasFailed: boolean,
): boolean {
  if (!path.includes(wanted.path) || !itemPasses(wanted, status, seconds)) return false;
  if (wanted.issues.length === 0) return true;
  if (issue === undefined) return hasFailed && isWanted(wanted.issues, NONE);
  return isWanted(wanted.issues, ofTest ? issue : { ...issue, id: NONE.id });
}

function offer(said: Said, issue: Known, isTold: boolean, status: string): void {
  if (isTold && issue !== undefined)
    said.offered = [...new Set([...said.offered, `${issue.id},${issue.version}`])].sort();
  else if (status === "FAIL") said.seen = true;
}

/** `each item`: however many of an item's rows have no issue, it is one failure without. */
function count(
  said: Counted,
  item: string,
  issue: Known,
  isTold: boolean,
  status: string,
  unknown: "each item" | "each row",
): void {
  const key = `${issue?.id} ${status}`;
  if (isTold) said.told[key] = (said.told[key] ?? 0) + 1;
  else if (status === "FAIL" && (unknown === "each row" || !said.lone.has(item))) {
    said.unknown += 1;
    said.lone.add(item);
  }
  said.items.push(item);
}

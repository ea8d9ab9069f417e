import { expect, test } from "vitest";
import * as z from "zod";
import { API_ROUTES } from "../../../functions/edge/kernelci/routes.ts";
import { ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const [OLDER, HASH] = ["cbe797502236f344b9c291d03b2b7903b2153379", "02b1f11213c825a563bbb1d240efd933ba527434"];
const URL = "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git";
const NAMES: Readonly<Record<string, string>> = {
  ...{ test_id: "maestro:mt-6-0-0", build_id: "maestro:mb-6-0", issue_id: "maestro:issue-build-1" },
  ...{ commit_hash: HASH, tree_name: "mainline", git_branch: "master" },
};
/** What a route needs to be asked at all. */
const NEEDED: Readonly<Record<string, string>> = {
  ...{ origin: "maestro", git_url: URL, git_branch: "master", hash_a: OLDER, hash_b: HASH },
  ...{ commit_hashes: `${OLDER},${HASH}`, path: "boot", config_name: "defconfig" },
  ...{ git_repository_url: URL, git_repository_branch: "master" },
};
const VALUES = [
  ...[
    "",
    " ",
    "0",
    "-1",
    "1.5",
    "1e309",
    "NaN",
    "infinity",
    "99999999999999999999",
    "x,1",
    "x,",
    ",",
    "null",
    "[]",
    "{",
  ],
  ...[
    "'",
    "\\",
    "%",
    "\u0001",
    "\ufeff",
    "😀",
    "١",
    "x".repeat(4_000),
    "0000-00-00",
    "9999-12-31T23:59:59-23:59",
    "maestro",
  ],
].map(encodeURIComponent);
/** Half a character, what is no UTF-8, and escapes that are none. */
const BROKEN = ["%ED%A0%80", "%FF", "%", "%zz", "+"];
const OPERATORS = ["", "_[lte]", "_[like]", "_[near]", "_[]", "_["];
const FIELDS = [
  ...["architecture", "compiler", "config_name", "build.status", "boot.status", "test.status", "build.duration"],
  ...["duration", "boot.duration", "test.duration", "build.origin", "boot.origin", "test.origin", "origin"],
  ...["test.hardware", "test.lab", "boot.path", "test.path", "boot.platform", "test.platform", "build.issue"],
  ...["boot.issue", "test.issue", "issue.culprit", "issue.categories", "issue.options", "constructor", ""],
];

const Faults = z.array(z.looseObject({ type: z.string(), loc: z.array(z.unknown()), msg: z.string(), url: z.url() }));
const Refusal = z.union([z.string(), z.strictObject({ error: z.string() }).transform(({ error }) => error)]);

/** How a route tells faults of its parameters (contract part 01, Style by route). */
const TELLS_IN_STRINGS =
  /^(tree\/$|tree\/\{tree_name}\/\{git_branch...}\/compare(\/builds)?$|test\/status-history|issue\/\{|origins|metrics|hardware)/;

const reads = API_ROUTES.filter(([path, { route }]) => route.method === "get" && !path.startsWith("schema/"));

/** Asks, and expects an answer in the API's own shapes: a 200 of JSON, or a 400 that says why in the route's style. */
async function expectAnswer(path: string, asked: string): Promise<void> {
  const answer = await ask(`/${asked}`);
  const text = await answer.text();
  expect([asked, answer.status], text.slice(0, 300)).toEqual([asked, answer.status === 400 ? 400 : 200]);
  expect([asked, answer.headers.get("content-type")]).toEqual([asked, "application/json"]);
  const body: unknown = JSON.parse(text);
  if (answer.status === 200) return;
  const told = Refusal.parse(body);
  if (!told.startsWith("[{")) return expect([asked, typeof body]).toEqual([asked, "object"]);
  expect(Faults.parse(JSON.parse(told)).length).toBeGreaterThan(0);
  expect([asked, typeof body]).toEqual([asked, TELLS_IN_STRINGS.test(path) ? "string" : "object"]);
}

async function expectAnswers(path: string, all: readonly string[]): Promise<void> {
  for (let at = 0; at < all.length; at += 8)
    await Promise.all(all.slice(at, at + 8).map((asked) => expectAnswer(path, asked)));
}

const filled = (path: string) => path.replace(/\{(\w+)(\.\.\.)?\}/g, (_, name: string) => NAMES[name] ?? name);

/** What a route is asked so that it answers, but for one parameter. */
function needed(names: readonly string[], without?: string): string {
  return names
    .filter((name) => name in NEEDED && name !== without)
    .map((name) => `${name}=${encodeURIComponent(NEEDED[name] ?? "")}`)
    .join("&");
}

test.each(reads)("%s: any value of any parameter", { timeout: 120_000 }, async (path, { route }) => {
  const query = route.request?.query;
  const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
  const own = names.filter((name) => !name.startsWith("filter_"));
  const asked = own.flatMap((name) =>
    [...VALUES, ...BROKEN].map((value) => `${filled(path)}?${needed(own, name)}&${name}=${value}`),
  );
  const ids = [...path.matchAll(/\{\w+(\.\.\.)?\}/g)].flatMap(([name]) =>
    VALUES.filter((value) => value !== "").map((value) => `${filled(path.replace(name, value))}?${needed(own)}`),
  );
  await expectAnswers(path, [...asked, ...ids]);
});

test.each(reads)("%s: any filter", { timeout: 120_000 }, async (path, { route }) => {
  const query = route.request?.query;
  const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
  const base = `${filled(path)}?${needed(["origin", ...names])}`;
  const each = FIELDS.flatMap((field, nth) => {
    const value = VALUES[nth % VALUES.length];
    const operator = OPERATORS[nth % OPERATORS.length];
    return [`${base}&filter_${field}${operator}=${value}`, `${base}&filter_${field}=${value}&filter_${field}=x,1`];
  });
  await expectAnswers(path, each);
});

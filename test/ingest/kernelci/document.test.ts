import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOf } from "../../../functions/ingest/kernelci/document.ts";
import { objectsOf } from "../../../functions/ingest/kernelci/objects-of.ts";

const VERSION = { major: 5, minor: 3 };
const CHECKOUT = { id: "o:c", origin: "o", start_time: "2025-03-10T10:00:00Z" };
const BUILD = { id: "o:b", origin: "o", checkout_id: "o:c" };
const TEST = { id: "o:t", origin: "o", build_id: "o:b" };
const ISSUE = { id: "o:i", origin: "o", version: 0 };
const INCIDENT = { id: "o:n", origin: "o", issue_id: "o:i", issue_version: 0 };

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const RECEIVED = "2026-03-01T08:00:00.000Z";
const read = (value: unknown) => documentOf(bytes(JSON.stringify(value))).document;
const problem = (value: unknown) => {
  try {
    read(value);
  } catch (error) {
    return String(error);
  }
  return "none";
};
const file = (name: string, url = "https://x.example/f") => ({ name, url });

describe("what a field must be", () => {
  const checkout = (change: object) => ({ version: VERSION, checkouts: [{ ...CHECKOUT, ...change }] });
  const build = (change: object) => ({ version: VERSION, builds: [{ ...BUILD, ...change }] });
  const run = (change: object) => ({ version: VERSION, tests: [{ ...TEST, ...change }] });
  const issue = (change: object) => ({ version: VERSION, issues: [{ ...ISSUE, ...change }] });
  const incident = (change: object) => ({ version: VERSION, incidents: [{ ...INCIDENT, ...change }] });

  test.each<[string, unknown]>([
    ["/checkouts/0/id", checkout({ id: "c" })],
    ["/checkouts/0/origin", checkout({ origin: "O" })],
    ["/checkouts/0/origin", checkout({ origin: "o".repeat(101) })],
    ["/checkouts/0/start_time", checkout({ start_time: "2025-03-10T10:00:00" })],
    ["/checkouts/0/start_time", checkout({ start_time: "2025-02-29T10:00:00Z" })],
    ["/checkouts/0/start_time", checkout({ start_time: "2025-04-31T10:00:00Z" })],
    ["/checkouts/0/start_time", checkout({ start_time: "0000-01-01T10:00:00Z" })],
    ["/checkouts/0/start_time", checkout({ start_time: "2025-01-01T10:00:00+16:00" })],
    ["/checkouts/0/git_repository_url", checkout({ git_repository_url: "git://x.example/l" })],
    ["/checkouts/0/git_repository_url", checkout({ git_repository_url: "https://x.example/a b" })],
    ["/checkouts/0/git_repository_url", checkout({ git_repository_url: "https://x.example:git/l" })],
    ["/checkouts/0/log_url", checkout({ log_url: "https://a@b@x.example/l" })],
    ["/checkouts/0/git_commit_hash", checkout({ git_commit_hash: "A".repeat(40) })],
    ["/checkouts/0/git_commit_tags/1", checkout({ git_commit_tags: ["v1", 2] })],
    ["/checkouts/0/git_repository_branch_tip", checkout({ git_repository_branch_tip: "yes" })],
    ["/checkouts/0/patchset_hash", checkout({ patchset_hash: "ab" })],
    ["/checkouts/0/patchset_files/0/url", checkout({ patchset_files: [{ name: "x" }] })],
    ["/checkouts/0/message_id", checkout({ message_id: "none" })],
    ["/checkouts/0/log_excerpt", checkout({ log_excerpt: "x".repeat(16_385) })],
    ["/checkouts/0/valid", checkout({ valid: null })],
    ["/checkouts/0/misc", checkout({ misc: [] })],
    ["/checkouts/0/_timestamp", checkout({ _timestamp: "yesterday" })],
    ["/checkouts/0/contacts", checkout({ contacts: [] })],
    ["/builds/0/checkout_id", build({ checkout_id: undefined })],
    ["/builds/0/architecture", build({ architecture: "x86-64" })],
    ["/builds/0/duration", build({ duration: "60" })],
    ["/builds/0/status", build({ status: "pass" })],
    ["/builds/0/valid", build({ valid: true })],
    ["/builds/0/input_files/0/name", build({ input_files: [file("a/b")] })],
    ["/builds/0/output_files/0/url", build({ output_files: [file("a", "nowhere")] })],
    ["/builds/0/output_files/0/size", build({ output_files: [{ ...file("a"), size: 1 }] })],
    ["/tests/0/build_id", run({ build_id: "b" })],
    ["/tests/0/path", run({ path: "a..b" })],
    ["/tests/0/path", run({ path: "a b" })],
    ["/tests/0/waived", run({ waived: true })],
    ["/tests/0/environment/compatible/0", run({ environment: { compatible: ["a b"] } })],
    ["/tests/0/environment/description", run({ environment: { description: "x" } })],
    ["/tests/0/environment/misc", run({ environment: { misc: { platform: "p".repeat(101) } } })],
    ["/tests/0/number/value", run({ number: { unit: "s" } })],
    ["/tests/0/number/prefix", run({ number: { value: 1, prefix: "mega" } })],
    ["/issues/0/version", issue({ version: -1 })],
    ["/issues/0/version", issue({ version: 1.5 })],
    ["/issues/0/version", issue({ version: 2_147_483_648 })],
    ["/issues/0/categories/0", issue({ categories: ["a b"] })],
    ["/issues/0/culprit/nobody", issue({ culprit: { nobody: true } })],
    ["/incidents/0/issue_id", incident({ issue_id: undefined })],
    ["/incidents/0/issue_version", incident({ issue_version: "0" })],
    ["/incidents/0/present", incident({ present: 1 })],
    ["/builds", { version: VERSION, builds: {} }],
    ["/builds/0", { version: VERSION, builds: [null] }],
    ["/revisions", { version: VERSION, revisions: [] }],
  ])("%s is named when it is wrong", (pointer, value) => {
    expect(problem(value)).toContain(`Rejection: ${pointer}: `);
    expect(problem(value)).not.toContain(";");
  });

  test.each<[string, unknown]>([
    ["instants of any zone", checkout({ start_time: "2024-02-29t23:59:59.123456789-05:30" })],
    ["an address with port, brackets, query and fragment", build({ log_url: "http://[::1]:8080/a?b=c/d#e" })],
    ["an address with a user and without a port", build({ log_url: "https://me:a%20b@x.example:/a:b@c" })],
    ["an address that is a name", build({ log_url: "urn:isbn:1" })],
    ["as many characters as are allowed, each beyond 16 bits", build({ log_excerpt: "😀".repeat(16_384) })],
    ["an empty path", run({ path: "" })],
    ["an empty patchset", checkout({ patchset_hash: "" })],
    ["anything under misc", build({ misc: { a: null, b: [{}], _: { c: "" } } })],
    ["an id with anything after the colon", build({ id: "o:ä/ :\n" })],
    ["an origin that is not the id's", build({ id: "p:1" })],
    ["an issue's largest version", issue({ version: 2_147_483_647 })],
    ["a submission without lists", { version: { major: 5 } }],
  ])("%s may be submitted", (_, value) => {
    expect(problem(value)).toBe("none");
  });
});

test("everything that is wrong is told", () => {
  const text = problem({
    version: VERSION,
    builds: [{ ...BUILD, "a/~b": 1 }, {}],
    tests: [{ ...TEST, status: 7 }],
    else: 1,
  });
  for (const pointer of [
    "/builds/0/a~1~0b",
    "/builds/1/id",
    "/builds/1/origin",
    "/builds/1/checkout_id",
    "/tests/0/status",
    "/else",
  ])
    expect(text).toContain(`${pointer}: `);
});

test("what is too much to tell is counted", () => {
  const text = problem({ version: VERSION, tests: Array.from({ length: 5_000 }, () => ({ id: 1 })) });
  expect(text.length).toBeLessThan(4_000);
  expect(text).toMatch(/; and at least \d+ more$/);
});

test.each([
  [{ major: 1, minor: 0 }],
  [{ major: 1 }],
  [{ major: 4, minor: 6 }],
  [{ major: 5, minor: 4 }],
  [{ major: 6, minor: 0 }],
  [{ major: 0 }],
])("version %o is not known", (version) => {
  expect(problem({ version })).toMatch(/^Rejection: \/version: .* is not a known version$/);
});

test.each([[undefined], [5], ["5.3"], [{}], [{ minor: 3 }], [{ major: "5" }], [{ major: 5, minor: 3, patch: 0 }]])(
  "%o is no version",
  (version) => {
    expect(problem({ version })).toMatch(/^Rejection: \/version: must be/);
  },
);

test.each([
  [1, 1],
  [2, 0],
  [3, 0],
  ...[0, 1, 2, 3, 4, 5].map((minor) => [4, minor]),
  ...[0, 1, 2, 3].map((minor) => [5, minor]),
])("version %i.%i is known", (major, minor) => {
  expect(problem({ version: { major, minor } })).toBe("none");
});

test("a submission of 1.1 goes all the way", () => {
  const origin = { origin: "o" };
  const commit = "c".repeat(40);
  const document = read({
    version: { major: 1, minor: 1 },
    revisions: [
      { ...origin, origin_id: commit, discovery_time: "2020-01-01T00:00:00Z", git_repository_commit_hash: commit },
    ],
    builds: [{ ...origin, origin_id: "b", revision_origin: "o", revision_origin_id: commit, valid: false }],
    tests: [{ ...origin, origin_id: "t", build_origin: "o", build_origin_id: "b", status: "PASS", waived: true }],
  });
  const { checkouts, builds, tests, issues, incidents } = objectsOf(document, RECEIVED);
  expect(checkouts).toMatchObject([{ id: `_:o:${commit}`, gitCommitHash: commit, patchsetHash: "" }]);
  expect(builds).toMatchObject([{ id: "o:b", checkoutId: `_:o:${commit}`, status: "FAIL", misc: { lab: "o" } }]);
  expect(tests).toMatchObject([{ id: "o:t", buildId: "o:b", status: "PASS" }]);
  expect([issues.length, incidents[0]?.testId]).toEqual([1, "o:t"]);
});

test("a board's names are those the format's own expression takes", () => {
  const taken = /^[^ ]+(,[^ ]+)*$/;
  const unit = fc.constantFrom("a", ",", " ", "\n", "\t", "é");
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (name) => {
      const tests = [{ ...TEST, environment: { compatible: [name] } }];
      expect(problem({ version: VERSION, tests }) === "none").toBe(taken.test(name));
    }),
    { numRuns: 2_000 },
  );
});

test("an older submission that does not fit after its upgrade says so", () => {
  const value = { version: { major: 4, minor: 1 }, tests: [{ ...TEST, path: "a b" }] };
  expect(problem(value)).toMatch(/^Rejection: after the upgrade from version 4.1: \/tests\/0\/path: /);
});

test.each([
  ['{"version":{"major":5},"builds":[{"id":"o:a\\u0000b"}]}', "/builds/0/id: a text contains the NUL character"],
  ['{"version":{"major":5},"tests":[{"path":"a\\ud800"}]}', "/tests/0/path: a text contains a lone surrogate"],
  ['{"version":{"major":5},"tests":[{"environment":{"misc":{"platform":"a\\u0000"}}}]}', "/environment/misc/platform"],
  ['{"version":{"major":5},"builds":[{"misc":{"a":[1e400]}}]}', "/builds/0/misc/a/0: a number is beyond"],
  [`{"version":{"major":5},"misc":${"[".repeat(501)}${"]".repeat(501)}}`, "nested deeper"],
  ["[]", "not a JSON object"],
  ["{", "not JSON"],
  ["", "not JSON"],
])("%s is refused for its %s", (text, reason) => {
  expect(() => documentOf(bytes(text))).toThrow(reason);
});

test("what cannot be stored is replaced in free text and free JSON, and counted", () => {
  const text = JSON.stringify({
    version: VERSION,
    builds: [{ ...BUILD, comment: "a\u0000b", log_excerpt: "\ud83d", misc: { "k\u0000": ["\udc00"] } }],
  });
  const { document, replaced } = documentOf(bytes(text));
  expect(replaced).toBe(4);
  expect(document.builds).toMatchObject([
    { comment: "a\ufffdb", log_excerpt: "\ufffd", misc: { "k\ufffd": ["\ufffd"] } },
  ]);
});

test("a checkout that says no start began when it was received", () => {
  const { start_time: _, ...checkout } = CHECKOUT;
  const { document } = documentOf(bytes(JSON.stringify({ version: VERSION, checkouts: [checkout, CHECKOUT] })));
  expect(objectsOf(document, RECEIVED).checkouts.map(({ startTime }) => startTime)).toEqual([
    RECEIVED,
    CHECKOUT.start_time,
  ]);
});

describe("numbers", () => {
  const stored = (misc: string, build = "") => {
    const text = `{"version":{"major":5},"builds":[{"id":"o:b","origin":"o","checkout_id":"o:c"${build},"misc":${misc}}]}`;
    return JSON.stringify(objectsOf(documentOf(bytes(text)).document, RECEIVED).builds[0]);
  };

  test.each(["1.0", "-0.10", "1e300", "12345678901234567890", "0.1234567890123456789", "1E5"])(
    "%s under misc stays as it was written",
    (number) => {
      expect(stored(`{"a":[${number}],"lab":"x"}`)).toContain(`"misc":{"a":[${number}],"lab":"x"}`);
    },
  );

  test("a duration keeps its text, but must be finite", () => {
    expect(stored("{}", ',"duration":60.0')).toContain('"duration":60.0');
    expect(() => stored("{}", ',"duration":1e400')).toThrow("/builds/0/duration");
  });

  test("a whole number may be written as 1.0", () => {
    const text = '{"version":{"major":5.0,"minor":3},"issues":[{"id":"o:i","origin":"o","version":1.0}]}';
    expect(objectsOf(documentOf(bytes(text)).document, RECEIVED).issues).toMatchObject([{ version: 1 }]);
  });
});

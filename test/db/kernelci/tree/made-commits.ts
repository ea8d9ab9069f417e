import * as fc from "fast-check";
import type { Filters } from "../../../../db/queries/kernelci/filters.ts";
import { filtersFrom } from "../../../../functions/edge/kernelci/http/filters.ts";

const STATUSES = ["PASS", "FAIL", "ERROR", "MISS", null];
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });

const Build = fc.record({
  architecture: maybe(fc.constantFrom("arm64", "x86")),
  status: fc.constantFrom(...STATUSES),
  duration: maybe(fc.constantFrom(0.5, 3.9, 4, 60)),
  isDummy: fc.nat(5).map((n) => n === 0),
  platform: maybe(fc.constantFrom("kubernetes", "p1")),
});
const Test = fc.record({
  build: fc.nat(4),
  path: maybe(fc.constantFrom("boot", "boot.nfs", "bootrr.x", "ltp.a", "")),
  status: fc.constantFrom(...STATUSES),
  duration: maybe(fc.constantFrom(0, 3.9, 4, 60)),
  platform: maybe(fc.constantFrom("p1", "p2")),
  compatible: maybe(fc.constantFrom(["c1", "c2"], ["p1"])),
  runtime: fc.constantFrom("lab1", "lab2"),
});
/** Names a test, a build, both or nothing; issue 3 is not stored, and version 2 of none. */
const Incident = fc.record({
  issue: fc.nat(3),
  version: fc.constantFrom(1, 1, 2),
  test: maybe(fc.nat(9)),
  build: maybe(fc.nat(4)),
});

/** What is known of a commit: two checkouts with builds, their tests, and incidents among them. */
export const Commit = fc.record({
  builds: fc.array(
    Build.chain((build) => fc.nat(1).map((checkout) => ({ ...build, checkout }))),
    { maxLength: 5 },
  ),
  tests: fc.array(Test, { maxLength: 10 }),
  incidents: fc.array(Incident, { maxLength: 8 }),
});
export type Commit = typeof Commit extends fc.Arbitrary<infer T> ? T : never;

const issue = fc.constantFrom("i0,1", "i1,1", "i2,1", "i0,2", "Uncategorized", "Uncategorized,1", "i3,null");
const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  architecture: fc.constantFrom("arm64", "Unknown"),
  "test.hardware": fc.constantFrom("c1", "c2", "p1", "kubernetes", "Unknown"),
  "test.lab": fc.constantFrom("lab1", "Unknown"),
  "build.status": fc.constantFrom("PASS", "FAIL", "NULL"),
  "boot.status": fc.constantFrom("PASS", "FAIL"),
  "test.status": fc.constantFrom("FAIL", "NULL", "fail"),
  "build.duration": fc.constantFrom("4", "3"),
  "boot.duration": fc.constantFrom("4", "60", "x"),
  "test.duration": fc.constantFrom("3", "4"),
  "test.path": fc.constantFrom("ltp", "Unk", "oot"),
  "boot.path": fc.constantFrom("nfs", ""),
  "build.issue": issue,
  "boot.issue": issue,
  "test.issue": issue,
};

/** Up to three filters, each an operator and a value of a field. */
export const Wanted: fc.Arbitrary<Filters> = fc
  .array(
    fc
      .constantFrom(...Object.entries(VALUES))
      .chain(([field, value]) =>
        fc.record({ field: fc.constant(field), operator: fc.constantFrom("exact", "lte"), value }),
      ),
    { maxLength: 3 },
  )
  .map((given) => filtersFrom(given));

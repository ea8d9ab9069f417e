import type { builds, checkouts, incidents, issues, tests } from "../../schema/index.ts";

export type NewCheckout = typeof checkouts.$inferInsert & { startTime: string };
export type NewBuild = typeof builds.$inferInsert;
export type NewTest = typeof tests.$inferInsert;
export type NewIssue = typeof issues.$inferInsert;
export type NewIncident = typeof incidents.$inferInsert;

/**
 * Objects as they were submitted: schema 5.3, labs filled in, in the order of submission, ids possibly repeated. Only the
 * rows of a copy say `ingestedAt`, and then all of a table do; others came now.
 */
export type Objects = {
  checkouts: NewCheckout[];
  builds: NewBuild[];
  tests: NewTest[];
  issues: NewIssue[];
  incidents: NewIncident[];
};

/** One submission; `receiptId` sorts by arrival, `counted` is who sent it and how large it was. */
export type Submission = { receiptId: string; objects: Objects; counted?: { origin: string; sizeBytes: number } };

/** All objects of a batch, the submission that came first first. */
export function allObjects(submissions: readonly Submission[]): Objects {
  const sorted = [...submissions].sort((a, b) => (a.receiptId < b.receiptId ? -1 : 1)).map(({ objects }) => objects);
  return {
    checkouts: sorted.flatMap(({ checkouts }) => checkouts),
    builds: sorted.flatMap(({ builds }) => builds),
    tests: sorted.flatMap(({ tests }) => tests),
    issues: sorted.flatMap(({ issues }) => issues),
    incidents: sorted.flatMap(({ incidents }) => incidents),
  };
}

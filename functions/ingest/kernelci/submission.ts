import type { Submission } from "../../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import type { Kind } from "../kinds.ts";
import { type Placed, refuseLargeObjects } from "../read/object-size.ts";
import { documentOf, MOST_OBJECTS } from "./document.ts";
import { withStoredExcerpts } from "./log-excerpts.ts";
import { objectsOf } from "./objects-of.ts";
import type { SubmissionDocument } from "./schema.ts";

/** A submission of KCIDB JSON (contract part 02). Nothing is left out of a valid one; one without objects changes nothing. */
export const kernelciSubmission: Kind<Submission> = {
  read({ receiptId, event: origin, receivedAt, sizeBytes, replay }, body, config) {
    const { KERNELCI_MAX_VALUES: values, KERNELCI_MAX_OBJECT_VALUES: elementValues } = config;
    const { document, replaced, text } = documentOf(body, { values, elementValues, elements: MOST_OBJECTS });
    refuseLargeObjects(text, placedObjects(document), {
      setting: "KERNELCI_MAX_OBJECT_BYTES",
      bytes: config.KERNELCI_MAX_OBJECT_BYTES,
    });
    const objects = objectsOf(document, receivedAt);
    const isEmpty = Object.values(objects).every((list) => list.length === 0);
    const counted = replay === 0 ? { counted: { origin, sizeBytes } } : {};
    return { outcome: isEmpty ? "ignored" : "applied", item: { receiptId, objects, ...counted }, replaced };
  },
  async keep(submission, config, objects) {
    return { ...submission, objects: await withStoredExcerpts(submission.objects, config, objects) };
  },
  async store(tx, items) {
    await storeSubmissions(tx, items);
  },
};

function* placedObjects(document: SubmissionDocument): Generator<Placed> {
  for (const list of ["checkouts", "builds", "tests", "issues", "incidents"] as const)
    for (const [at, object] of (document[list] ?? []).entries()) yield [`/${list}/${at}`, object];
}

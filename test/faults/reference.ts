import { modelGithub } from "./model/github.ts";
import { modelKernelci } from "./model/kernelci.ts";
import { asTexts, type TableRows } from "./model/rows.ts";
import type { Source } from "./model/stored.ts";
import type { Delivery } from "./story.ts";

const MODELS = { github: modelGithub, kernelci: modelKernelci };

/**
 * The rows that a load must leave, whatever disturbs it: computed from what was sent by a model that shares nothing with the
 * product. Throws when the load leaves a table empty, so that equal is never merely empty.
 */
export function referenceRows(load: readonly Delivery[], source: Source): TableRows {
  const rows = MODELS[source](load);
  const empty = Object.entries(rows).flatMap(([table, list]) => (list.length === 0 ? [table] : []));
  if (empty.length > 0) throw new Error(`the load writes nothing into ${empty}`);
  return asTexts(rows);
}

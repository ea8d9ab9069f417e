import * as z from "zod";
import { type FilteredOutput, listFilteredOutputs, listOutputFolders } from "../../../../db/queries/qaboard/batches.ts";
import { findCommit } from "../../../../db/queries/qaboard/commits.ts";
import { commitFolders, repositoryOf } from "../../../files/commit-folders.ts";
import type { Services } from "../../env.ts";
import { readFilter } from "../outputs/output-filter.ts";

/** An output that is exported. */
export type ExportedOutput = FilteredOutput & { folder: string };

/** One side of an export: a commit, one of its batches, and the outputs that its filter leaves. */
export type Selection = {
  hash: string;
  batchId: number | undefined;
  /** Absolute path of the folder of the repository's outputs of that commit. */
  folder: string;
  outputs: ExportedOutput[];
};

/** Outputs of one side. */
const MAX_OUTPUTS = 4_000;

const BatchJson = z.object({ id: z.int() });

/** Finds what one side of an export selects; undefined when no commit has exactly that hash. */
export async function findSelection(
  services: Services,
  { project, hash, label, filter }: { project: string; hash: string; label: string; filter: string | undefined },
): Promise<Selection | undefined> {
  const { db, config } = services;
  const row = await findCommit(db, { project, sha: hash }, { label, withOutputs: false, metrics: [] });
  if (row === undefined || row.hexsha !== hash) return undefined;
  const { relative } = repositoryOf(row);
  const { outputs: own } = commitFolders(row, config);
  const folder = relative !== "" && own.endsWith(`/${relative}`) ? own.slice(0, -relative.length - 1) : own;
  const [batch] = row.batches;
  if (batch === undefined) return { hash, batchId: undefined, folder, outputs: [] };
  const { id } = BatchJson.parse(JSON.parse(batch.json));
  const matches = filter === undefined || filter === "" ? () => true : readFilter(filter);
  const [all, folders] = await Promise.all([listFilteredOutputs(db, id), listOutputFolders(db, id, false)]);
  const folderOf = new Map(folders.map((one) => [one.id, one.folder]));
  const outputs = all.filter(matches).slice(0, MAX_OUTPUTS);
  return { hash, batchId: id, folder, outputs: outputs.map((one) => ({ ...one, folder: folderOf.get(one.id) ?? "" })) };
}

/** The output that is most like another: of the same input and finished, then by configurations, parameters and platform. */
export function findLike(output: ExportedOutput, among: readonly ExportedOutput[]): ExportedOutput | undefined {
  const likeness = (one: ExportedOutput) =>
    (one.configurations === output.configurations ? 4 : 0) +
    (one.parameters === output.parameters ? 2 : 0) +
    (one.platform === output.platform ? 1 : 0);
  const candidates = among.filter(({ path, isPending }) => path === output.path && !isPending);
  return candidates.toSorted((a, b) => likeness(b) - likeness(a))[0];
}

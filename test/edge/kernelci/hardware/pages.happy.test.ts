import { expect, test } from "vitest";
import * as z from "zod";
import { askHardware } from "../../../support/kernelci-hardware.ts";
import { ask, seededKernelci } from "../../../support/kernelci-reads.ts";

/* The dashboard's pages of hardware, each by the calls that a browser makes for it, in their order (contract part 10). */

seededKernelci();

const RANGE = { startTimestampInSeconds: "1741046400", endTimestampInSeconds: "1741824000" };
const BODY = { origin: "maestro", ...RANGE, selectedCommits: {}, filter: {} };
const Hardware = z.object({ hardware: z.array(z.looseObject({ platform: z.string() })) });
const Trees = z.array(
  z.looseObject({
    ...{ tree_name: z.string(), git_repository_url: z.string(), git_repository_branch: z.string() },
    head_git_commit_hash: z.string(),
  }),
);
const Summary = z.looseObject({ common: z.looseObject({ trees: Trees }) });
/** A list that is not empty. */
const some = <T extends z.ZodType>(item: T) => z.tuple([item], item);
const Items = some(z.looseObject({ id: z.string() }));

/** The JSON of an answer that found something. */
async function found<T>(answer: Promise<Response>, schema: z.ZodType<T>): Promise<T> {
  const { status } = await answer;
  expect(status).toBe(200);
  const json: unknown = await (await answer).json();
  expect(json).not.toHaveProperty("error");
  return schema.parse(json);
}

test("the list of hardware, over a week and of chosen commits", async () => {
  await found(ask("/origins/"), z.unknown());
  const query = new URLSearchParams({ origin: "maestro", ...RANGE });
  const { hardware } = await found(ask(`/hardware/?${query}`), Hardware);
  expect(hardware.map(({ platform }) => platform)).toContain("bcm2711-rpi-4-b");
  query.set("commitsList", "v6.14-rc6");
  expect((await found(ask(`/hardware/?${query}`), Hardware)).hardware.length).toBeGreaterThan(0);
});

test("one hardware: summary, lists, history of its trees, filters, another commit, one test and one build", async () => {
  const board = "bcm2711-rpi-4-b";
  const { common } = await found(askHardware(board, "summary", BODY), Summary);
  const { builds } = await found(askHardware(board, "builds", BODY), z.object({ builds: Items }));
  await found(askHardware(board, "boots", BODY), z.object({ boots: Items }));
  const { tests } = await found(askHardware(board, "tests", BODY), z.object({ tests: Items }));
  await found(askHardware(board, "", BODY), Summary);
  const commitHeads = common.trees.map((tree) => ({
    ...{ treeName: tree.tree_name, repositoryUrl: tree.git_repository_url, branch: tree.git_repository_branch },
    commitHash: tree.head_git_commit_hash,
  }));
  const Table = z.object({
    commit_history_table: z.record(z.string(), z.array(z.looseObject({ git_commit_hash: z.string() }))),
  });
  const { origin, ...range } = { origin: BODY.origin, ...RANGE };
  const history = await found(askHardware(board, "commit-history", { origin, ...range, commitHeads }), Table);
  const [commit] = Object.values(history.commit_history_table)[0] ?? [];
  const selected = { ...BODY, selectedCommits: { "0": commit?.git_commit_hash, "1": "head" } };
  await found(askHardware(board, "summary", selected), Summary);
  const filter = { "filter_test.status": ["PASS", "FAIL"], "filter_boot.status": ["PASS"], filter_trees: ["0"] };
  for (const page of ["summary", "builds", "boots", "tests"])
    await found(askHardware(board, page, { ...BODY, filter }), z.unknown());
  await found(ask(`/test/${encodeURIComponent(tests[0].id)}`), z.unknown());
  await found(ask(`/build/${encodeURIComponent(builds[0].id)}`), z.unknown());
});

test("hardware by revision: what there is to choose from, then the revision's platforms", async () => {
  const Revisions = some(z.looseObject({ git_commit_hash: z.string() }));
  const Branch = z.object({ git_repository_url: z.string(), git_repository_branch: z.string(), revisions: Revisions });
  const Tree = z.object({ tree_name: z.string(), branches: some(Branch) });
  const Selectors = z.object({ trees: some(Tree) });
  const { trees } = await found(ask("/hardware/selectors/?origin=maestro"), Selectors);
  const [{ tree_name, branches }] = trees;
  const [{ git_repository_url, git_repository_branch, revisions }] = branches;
  const { git_commit_hash } = revisions[0];
  const query = { tree_name, git_repository_url, git_repository_branch, git_commit_hash, origin: "maestro" };
  await found(ask(`/hardware-by-revision/?${new URLSearchParams(query)}`), Hardware);
});

import { z } from "@hono/zod-openapi";
import { BuildItem, BuildSummary, Offered, StatusCount, TestItem, TestSummary } from "../http/shapes.ts";

const texts = z.array(z.string());
const optional = z.string().nullable();

/** A build of a hardware, with the issue it is shown with. */
export const HardwareBuild = BuildItem.extend({
  ...{ tree_name: optional, issue_id: optional, issue_version: z.int().nullable() },
});

/** A boot or another test of a hardware. */
export const HardwareTest = TestItem.extend({
  ...{ path: optional, tree_name: optional, git_repository_branch: optional },
});

const Tests = TestSummary.extend({
  ...{ environment_compatible: z.null(), environment_misc: z.null() },
  platforms: z.record(z.string(), StatusCount).nullable(),
});
const OfferedTests = Offered.extend({ platforms: texts });
const ByStatus = z.record(z.string(), z.int());

const Tree = z.object({
  index: z.string().openapi({ description: "by which `selectedCommits` names the tree" }),
  ...{ origin: z.string(), tree_name: optional, git_repository_branch: optional, git_repository_url: optional },
  ...{ head_git_commit_name: optional, head_git_commit_hash: optional, head_git_commit_tag: texts.nullable() },
  selected_commit_status: z.object({ builds: ByStatus, boots: ByStatus, tests: ByStatus }).nullable(),
  is_selected: z.null(),
});

/** The figures of a hardware, its trees, and what they can be filtered by. */
export const HardwareSummary = z
  .object({
    summary: z.object({ builds: BuildSummary, boots: Tests, tests: Tests }),
    filters: z.object({
      all: z.object({ configs: texts, architectures: texts, compilers: texts }),
      ...{ builds: Offered, boots: OfferedTests, tests: OfferedTests },
    }),
    common: z.object({ trees: z.array(Tree), compatibles: texts }),
  })
  .openapi("KernelciHardwareSummary");

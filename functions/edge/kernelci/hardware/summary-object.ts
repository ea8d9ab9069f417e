import type { HardwareFigures } from "../../../../db/queries/kernelci/hardware/figures.ts";
import {
  buildSummary,
  offeredOf,
  statusCount,
  statusCounts,
  talliesOf,
  testSummary,
} from "../trees/details-summary.ts";

type Kind = "builds" | "boots" | "tests";
type Count = { status: string; n: number };

/** How the two pages with figures differ: whether zeros are shown, and what stands where nothing was counted. */
export type Page = {
  treeCount: (counts: readonly Count[]) => Record<string, number>;
  noPlatforms: Record<string, never> | null;
  showsUntested: boolean;
  showsFailedPlatforms: boolean;
};

/** `full`: statuses that occur; a tree without records has no counts. */
export const FULL: Page = {
  treeCount: (counts) => Object.fromEntries(counts.map(({ status, n }) => [status, n])),
  noPlatforms: null,
  showsUntested: false,
  showsFailedPlatforms: true,
};

/** `summary`: every status. */
export const SUMMARY: Page = {
  treeCount: statusCount,
  noPlatforms: {},
  showsUntested: true,
  showsFailedPlatforms: false,
};

/** The summary object of a hardware (contract part 06) from what SQL counted. */
export function hardwareSummary(figures: HardwareFigures, page: Page) {
  const { configs, architectures, compilers } = figures.offered;
  return {
    summary: {
      builds: buildSummary(figures),
      boots: tested(figures, "boots", page),
      tests: tested(figures, "tests", page),
    },
    filters: {
      all: { configs, architectures, compilers },
      builds: offered(figures, "builds"),
      boots: { ...offered(figures, "boots"), platforms: platformsOffered(figures, "boots") },
      tests: { ...offered(figures, "tests"), platforms: platformsOffered(figures, "tests") },
    },
    common: { trees: figures.trees.map((tree) => treeObject(tree, page)), compatibles: figures.compatibles },
  };
}

/** Tests are told apart by platform here, and by nothing else of their hardware. */
function tested(figures: HardwareFigures, kind: "boots" | "tests", { noPlatforms, showsFailedPlatforms }: Page) {
  const platforms = talliesOf(figures, kind)("platforms");
  const counted = testSummary(figures, kind);
  return {
    ...counted,
    failed_platforms: showsFailedPlatforms ? counted.failed_platforms : [],
    ...{ environment_compatible: null, environment_misc: null },
    platforms: platforms.length === 0 ? noPlatforms : statusCounts(platforms),
  };
}

/** Labs without a name are left out. */
function offered(figures: HardwareFigures, kind: Kind) {
  const { labs, ...others } = offeredOf(figures, kind);
  return { ...others, labs: labs.filter((lab) => lab !== "Unknown") };
}

function platformsOffered({ platforms }: HardwareFigures, kind: Kind): string[] {
  return platforms.filter((one) => one.kind === kind).map(({ value }) => value);
}

function treeObject({ counts, ...tree }: HardwareFigures["trees"][number], { treeCount, showsUntested }: Page) {
  const ofKind = (kind: Kind) => treeCount(counts.filter((count) => count.kind === kind));
  const selected_commit_status =
    counts.length === 0 && !showsUntested
      ? null
      : { builds: ofKind("builds"), boots: ofKind("boots"), tests: ofKind("tests") };
  return { ...tree, selected_commit_status, is_selected: null };
}

import { EOSC_PERF_LIMITS, type EoscPerfCommit, findEoscPerfCommit } from "../../../../db/queries/commits/eosc-perf.ts";
import { findGithubCommit } from "../../../../db/queries/commits/github.ts";
import { MAX_HASHES } from "../../../../db/queries/commits/hashes.ts";
import { findKernelciCommit } from "../../../../db/queries/commits/kernelci.ts";
import type { PageSource } from "../../../../db/queries/commits/latest.ts";
import { findQaboardCommit } from "../../../../db/queries/commits/qaboard.ts";
import { repositoryIdentity } from "../../../formats/repository-identity.ts";
import type { Services } from "../../env.ts";
import { NEEDS_TOKEN } from "../readers.ts";
import { githubPart } from "./github.ts";
import { kernelciPart } from "./kernelci.ts";
import { qaboardPart } from "./qaboard.ts";
import type { Commit, Matches } from "./shape.ts";
import { summarize } from "./summary.ts";

const NO_RESULTS: EoscPerfCommit = { hashes: [], results: [] };

/**
 * Looks a commit up by the beginning of its hash, in every source that the caller may see at once, one statement each: the
 * commit, the list when several begin so, or undefined.
 */
export async function findCommit(
  { db, config }: Services,
  beginning: string,
  may: Readonly<Record<PageSource, boolean>>,
): Promise<Commit | Matches | undefined> {
  const path = config.EOSC_PERF_COMMIT_PATH;
  const [github, kernelci, qaboard, eosc_perf] = await Promise.all([
    may.github ? findGithubCommit(db, beginning) : undefined,
    may.kernelci ? findKernelciCommit(db, beginning) : undefined,
    may.qaboard ? findQaboardCommit(db, beginning) : undefined,
    may.eosc_perf ? (path === undefined ? NO_RESULTS : findEoscPerfCommit(db, beginning, path)) : undefined,
  ]);
  const found = [github, kernelci, qaboard, eosc_perf].flatMap((part) => part?.hashes ?? []);
  const hashes = [...new Set(found)].sort();
  const [sha] = hashes;
  if (sha === undefined) return undefined;
  if (hashes.length > 1) {
    const shown = hashes.slice(0, MAX_HASHES);
    return {
      commits: shown.map((one) => ({ sha: one, url: `/commits/${one}` })),
      truncated: hashes.length > MAX_HASHES,
    };
  }
  const parts = {
    github: github === undefined ? NEEDS_TOKEN : githubPart(github),
    kernelci: kernelci === undefined ? NEEDS_TOKEN : kernelciPart(kernelci),
    qaboard: qaboard === undefined ? NEEDS_TOKEN : qaboardPart(qaboard, sha),
    eosc_perf: eosc_perf === undefined ? NEEDS_TOKEN : eoscPerfPart(eosc_perf),
  };
  const described = [...(github?.commits ?? []), ...(qaboard?.commits ?? [])];
  const checkouts = kernelci?.checkouts ?? [];
  const branches = [...(github?.runs ?? []), ...checkouts, ...(qaboard?.commits ?? [])].map(({ branch }) => branch);
  const addresses = [...described, ...checkouts].map(({ address }) => address);
  return {
    sha,
    summary: summarize(parts),
    message: firstOf([...described, ...checkouts].map(({ message }) => message)),
    author: firstOf(described.map(({ author }) => author)),
    time: firstOf(described.map(({ time }) => time)),
    branches: distinct(branches),
    repositories: distinct(addresses.map((address) => (address === null ? undefined : repositoryIdentity(address)))),
    ...parts,
  };
}

function eoscPerfPart({ results }: EoscPerfCommit) {
  return {
    access: "granted" as const,
    results: results.map(({ id, ...result }) => ({ ...result, url: `/eosc-perf/results/${id}` })),
    truncated: results.length === EOSC_PERF_LIMITS.results,
  };
}

const firstOf = (texts: readonly (string | null)[]) => texts.find((text) => text !== null && text !== "") ?? null;

function distinct(texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => (text ? [text] : [])))].sort();
}

export type JobSystem = "Linux" | "Windows" | "macOS";

const LABEL_STARTS: readonly (readonly [JobSystem, readonly string[]])[] = [
  ["Windows", ["windows"]],
  ["macOS", ["macos", "mac-", "osx", "darwin"]],
  ["Linux", ["ubuntu", "linux", "debian", "fedora", "rhel", "alpine"]],
];
const RUNNER_WORDS: readonly (readonly [JobSystem, readonly string[]])[] = [
  ["Windows", ["windows"]],
  ["macOS", ["macos"]],
  ["Linux", ["linux", "ubuntu"]],
];

/**
 * The operating system of a job (contract section 4): the first label that names one decides, then the runner's name,
 * then its group; null when nothing tells.
 */
export function systemOfJob(
  labels: readonly string[],
  runnerName?: string | null,
  runnerGroup?: string | null,
): JobSystem | null {
  for (const label of labels) {
    const found = LABEL_STARTS.find(([, starts]) => starts.some((start) => label.toLowerCase().startsWith(start)));
    if (found) return found[0];
  }
  for (const name of [runnerName, runnerGroup]) {
    const found = RUNNER_WORDS.find(([, words]) => words.some((word) => name?.toLowerCase().includes(word)));
    if (found) return found[0];
  }
  return null;
}

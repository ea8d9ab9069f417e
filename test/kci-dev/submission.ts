/** A submission as a lab keeps it in a file: a checkout that started at `now`, with one build. */
export function submission(now: Date) {
  const origin = "kci_dev";
  const start_time = now.toISOString();
  const name = now.getTime();
  return {
    version: { major: 5, minor: 3 },
    checkouts: [
      {
        ...{ id: `${origin}:checkout-${name}`, origin, start_time, tree_name: "kci-dev" },
        ...{ git_repository_url: "https://git.example.org/kci-dev.git", git_repository_branch: "main" },
        ...{ git_commit_hash: "5b5a4f0d3c2e1b0a99887766554433221100ffee", git_commit_name: "v1.0" },
      },
    ],
    builds: [
      {
        ...{ id: `${origin}:build-${name}`, origin, checkout_id: `${origin}:checkout-${name}`, start_time },
        ...{
          architecture: "riscv",
          compiler: "gcc-14",
          config_name: "nommu_k210_defconfig",
          status: "PASS",
          duration: 60,
        },
      },
    ],
  };
}

import { Buffer } from "node:buffer";

const PATHS = ["boot", "baseline.dmesg", "kselftest.net.case", "ltp.syscalls.case"];
const COMMITS = 5;
const start = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString();

/** The checkouts that all submissions are of, as one submission. */
export function checkoutsSubmission(): Buffer {
  const checkouts = Array.from({ length: COMMITS }, (_, n) => ({
    id: `maestro:c${n}`,
    origin: "maestro",
    tree_name: "mainline",
    git_repository_url: "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git",
    git_repository_branch: "master",
    git_commit_hash: String(n).repeat(40),
    git_commit_name: `v6.18-rc${n}`,
    start_time: start(n),
  }));
  return Buffer.from(JSON.stringify({ version: { major: 5, minor: 3 }, checkouts }));
}

/** One build with its tests, as a lab submits it; `n` names it. */
export function buildSubmission(n: number, tests: number): Buffer {
  const checkout_id = `maestro:c${n % COMMITS}`;
  const build = {
    id: `maestro:b${n}`,
    origin: "maestro",
    checkout_id,
    architecture: "arm64",
    compiler: "gcc-14",
    config_name: `defconfig+${n % 7}`,
    status: "PASS",
    start_time: start(n),
    duration: 310.5,
    log_url: `https://storage.kernelci.org/builds/${n}/build.log`,
    misc: { lab: "k8s-all", job_id: n },
  };
  return Buffer.from(
    JSON.stringify({
      version: { major: 5, minor: 3 },
      builds: [build],
      tests: Array.from({ length: tests }, (_, i) => testOf(n, i)),
    }),
  );
}

function testOf(n: number, i: number) {
  const board = (n + (i >> 3)) % 20;
  return {
    id: `maestro:t${n}-${i}`,
    origin: "maestro",
    build_id: `maestro:b${n}`,
    path: `${PATHS[i % PATHS.length]}${i % PATHS.length < 2 ? "" : i}`,
    status: i % 9 === 0 ? "FAIL" : "PASS",
    start_time: start(n + i),
    duration: 1.25,
    log_url: `https://storage.kernelci.org/tests/${n}/${i}.log`,
    environment: {
      compatible: [`vendor,board-${board}`, "vendor,soc"],
      misc: { platform: `board-${board}`, job_id: i },
    },
    misc: { runtime: `lab-${board % 4}`, arch: "arm64" },
  };
}

import type { NewBuild, NewCheckout, NewIncident, NewTest, Objects } from "../../db/upserts/kernelci/objects.ts";

/** How much is made: branches, checkouts of each, builds of each, tests of each. */
export type Amounts = { trees: number; checkouts: number; builds: number; tests: number };

const ORIGIN = "maestro";
const TREES = ["mainline", "next", "stable", "stable-rc", "net-next", "media", "chrome-platform", "tip"];
const CONFIGS = ["defconfig", "allmodconfig", "defconfig+kselftest", "multi_v7_defconfig", "tinyconfig"];
const MACHINES = [
  ["arm64", "gcc-14", "bcm2711-rpi-4-b", "raspberrypi,4-model-b", "brcm,bcm2711"],
  ["arm64", "clang-21", "rk3399-gru-kevin", "google,kevin", "rockchip,rk3399"],
  ["arm", "gcc-14", "beaglebone-black", "ti,am335x-bone-black", "ti,am33xx"],
  ["x86_64", "gcc-14", "qemu-x86", "qemu,x86", "qemu"],
  ["riscv", "clang-21", "starfive-visionfive-2", "starfive,visionfive-2-v1.3b", "starfive,jh7110"],
] as const;
const PATHS = [
  "boot",
  "baseline.dmesg.crit",
  "kselftest.net",
  "kselftest.futex",
  "ltp.syscalls",
  "rt-tests.cyclictest",
];
const LABS = ["lab-a", "lab-b", "lab-c"];

/** The submissions of made-up runs, newest checkouts last, up to now: same amounts, same ids, so that a repeat adds nothing. */
export function* madeObjects({ trees, checkouts, builds, tests }: Amounts, now: number): Generator<Objects> {
  yield {
    ...nothing(),
    issues: [
      {
        id: `${ORIGIN}:made-issue`,
        version: 1,
        origin: ORIGIN,
        comment: "kernel warns while it boots",
        culpritCode: true,
      },
    ],
  };
  for (let age = checkouts - 1; age >= 0; age -= 1)
    for (let tree = 0; tree < trees; tree += 1) {
      const startedAt = now - (age * 24 + 6) * 3_600_000 + tree * 60_000;
      const checkout = checkoutOf(tree, age, startedAt);
      for (let n = 0; n < builds; n += 1) yield buildWithTests(checkout, n, tests, startedAt + n * 1_000, n === 0);
      if (builds === 0) yield { ...nothing(), checkouts: [checkout] };
    }
}

function checkoutOf(tree: number, age: number, startedAt: number): NewCheckout {
  const name = TREES[tree % TREES.length] ?? "mainline";
  const round = Math.floor(tree / TREES.length);
  const day = Math.floor(startedAt / 86_400_000);
  return {
    id: `${ORIGIN}:made-${tree}-${age}`,
    origin: ORIGIN,
    treeName: name,
    gitRepositoryUrl: `https://git.example.org/${name}.git`,
    gitRepositoryBranch: round === 0 ? "master" : `topic-${round}`,
    gitCommitHash: (tree * 1_000_003 + age + 1).toString(16).padStart(40, "0"),
    gitCommitName: `v6.18-rc${(day % 7) + 1}-${age}`,
    startTime: new Date(startedAt).toISOString(),
  };
}

function buildWithTests(checkout: NewCheckout, n: number, count: number, at: number, isFirst: boolean): Objects {
  const [architecture, compiler, platform, board, chip] = MACHINES[n % MACHINES.length] ?? MACHINES[0];
  const id = `${checkout.id}-b${n}`;
  const build: NewBuild = {
    id,
    origin: ORIGIN,
    checkoutId: checkout.id,
    startTime: new Date(at).toISOString(),
    duration: 200 + (n % 60) * 5.5,
    architecture,
    compiler,
    configName: CONFIGS[n % CONFIGS.length],
    status: n % 17 === 16 ? "FAIL" : "PASS",
    logUrl: `https://storage.example.org/${id}/build.log`,
    misc: { lab: "k8s-all" },
  };
  const tests = Array.from({ length: count }, (_, i): NewTest => {
    const path = PATHS[i % PATHS.length] ?? "boot";
    return {
      id: `${id}-t${i}`,
      origin: ORIGIN,
      buildId: id,
      path: i < PATHS.length ? path : `${path}.case${i}`,
      status: statusOf(n + i),
      startTime: new Date(at + i * 100).toISOString(),
      duration: 1 + (i % 40) / 4,
      environmentCompatible: [board, chip],
      environmentMisc: { platform },
      misc: { runtime: LABS[n % LABS.length] },
      logUrl: `https://storage.example.org/${id}/${i}.log`,
    };
  });
  const incidents = tests
    .filter(({ status }, i) => status === "FAIL" && i % 2 === 0)
    .slice(0, 1)
    .map(incidentOf);
  return { ...nothing(), checkouts: isFirst ? [checkout] : [], builds: [build], tests, incidents };
}

function incidentOf({ id }: NewTest): NewIncident {
  return { id: `${id}-i`, origin: ORIGIN, issueId: `${ORIGIN}:made-issue`, issueVersion: 1, testId: id, present: true };
}

function statusOf(n: number): string {
  if (n % 13 === 12) return "FAIL";
  if (n % 29 === 28) return "SKIP";
  return n % 53 === 52 ? "MISS" : "PASS";
}

const nothing = (): Objects => ({ checkouts: [], builds: [], tests: [], issues: [], incidents: [] });

import { randomBytes } from "node:crypto";
import { storedKernelci } from "./kernelci-objects.ts";
import { ask } from "./kernelci-reads.ts";

/**
 * Stores a hardware of the caller's own before its tests: one board of two branches, with builds, boots, tests and incidents of
 * their newest commits, and an older commit of one of them.
 */
export function ownHardware() {
  const origin = `hw${randomBytes(4).toString("hex")}`;
  const platform = `${origin}-board`;
  const compatibles = [`${origin},board`, `${origin},soc`] as const;
  const [older, head, next] = [1, 2, 3].map(() => randomBytes(20).toString("hex")) as [string, string, string];
  const id = (name: string) => `${origin}:${name}`;
  const at = (hour: number) => `2025-02-03T${String(hour).padStart(2, "0")}:00:00+00:00`;
  const url = `https://git.example.org/${origin}.git`;
  const place = { origin, tree_name: "hardware", git_repository_url: url };
  const environment = { compatible: [...compatibles], misc: { platform, job: 7 } };
  const build = (name: string, checkout: string, more: object) => ({
    ...{
      id: id(name),
      origin,
      checkout_id: id(checkout),
      start_time: at(4),
      architecture: "arm64",
      compiler: "gcc-14",
    },
    ...{ config_name: "defconfig", misc: { lab: "k8s" }, ...more },
  });
  const run = (name: string, of: string, hour: number, more: object) => ({
    ...{
      id: id(name),
      origin,
      build_id: id(of),
      start_time: at(hour),
      environment,
      misc: { runtime: "lab-a" },
      ...more,
    },
  });
  storedKernelci({
    checkouts: [
      { id: id("c1"), ...place, git_repository_branch: "main", git_commit_hash: older, start_time: at(1) },
      {
        ...{ id: id("c2"), ...place, git_repository_branch: "main", git_commit_hash: head, git_commit_name: "v1" },
        ...{ git_commit_tags: [id("tag")], start_time: at(3) },
      },
      { id: id("c3"), ...place, git_repository_branch: "next", git_commit_hash: next, start_time: at(2) },
    ],
    builds: [
      build("old", "c1", { status: "PASS" }),
      build("good", "c2", { status: "PASS", duration: 60 }),
      build("bad", "c2", { status: "FAIL", config_name: "tinyconfig" }),
      build("lost", "c3", { status: "PASS", config_name: undefined }),
    ],
    tests: [
      run("o1", "old", 5, { path: "ltp.old", status: "PASS" }),
      run("boot", "good", 5, { path: "boot.nfs", status: "PASS", duration: 3 }),
      run("fail", "good", 6, { path: "ltp.a", status: "FAIL", duration: 8.5, misc: { error_msg: "it broke" } }),
      run("late", "good", 9, { path: "ltp.b", status: "SKIP" }),
      run("pathless", "bad", 6, { status: "ERROR" }),
      run("bare", "bad", 6, { path: "ltp.c", status: "PASS", environment: { compatible: [...compatibles] } }),
      run("n1", "lost", 6, { path: "boot", status: "FAIL", environment: { misc: { platform } } }),
      run("other", "lost", 6, { path: "boot", status: "FAIL", environment: { misc: { platform: "elsewhere" } } }),
    ],
    issues: [{ id: id("i"), origin, version: 1, comment: "why", _timestamp: at(7) }],
    incidents: [
      { id: id("n1"), origin, issue_id: id("i"), issue_version: 1, build_id: id("bad"), _timestamp: at(8) },
      { id: id("n2"), origin, issue_id: id("i"), issue_version: 1, test_id: id("fail"), _timestamp: at(8) },
    ],
  });
  const second = (hour: number) => String(Date.parse(at(hour)) / 1_000);
  /** A body that asks for all of that day, up to an hour. */
  const bodyUntil = (hour: number, more: object = {}) => ({
    ...{ origin, startTimestampInSeconds: second(0), endTimestampInSeconds: second(hour), selectedCommits: {} },
    ...more,
  });
  const body = (more: object = {}) => bodyUntil(23, more);
  return { origin, platform, compatibles, older, head, next, url, id, second, body, bodyUntil };
}

/** Posts a body to a page of a hardware; without a page to the hardware itself. */
export async function askHardware(hardware: string, page: string, body: unknown): Promise<Response> {
  const path = `/hardware/${encodeURIComponent(hardware)}${page === "" ? "" : `/${page}`}`;
  return await ask(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
}

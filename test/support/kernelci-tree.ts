import { randomBytes } from "node:crypto";
import * as z from "zod";
import { storedKernelci } from "./kernelci-objects.ts";
import { answerOf } from "./kernelci-reads.ts";

/** Stores a tree of the caller's own before its tests: three checkouts, and builds and tests of the commit of two of them. */
export function ownTree() {
  const origin = `trees${randomBytes(4).toString("hex")}`;
  const hash = randomBytes(20).toString("hex");
  const older = randomBytes(20).toString("hex");
  const url = "https://git.example.org/a%20b~c/(linux)*.git?x=1&y='2'";
  const id = (name: string) => `${origin}:${name}`;
  const at = (minute: number) => `2025-02-03T10:${String(minute).padStart(2, "0")}:00+00:00`;
  const place = { origin, tree_name: "own", git_repository_url: url, git_repository_branch: "for/next" };
  const build = { origin, checkout_id: id("c1"), architecture: "arm64", compiler: "gcc-14", config_name: "defconfig" };
  const run = { origin, build_id: id("good") };

  storedKernelci({
    checkouts: [
      {
        id: id("c0"),
        ...place,
        git_commit_hash: older,
        git_commit_tags: [id("tag")],
        start_time: at(1),
        _timestamp: at(1),
      },
      {
        id: id("c1"),
        ...place,
        git_commit_hash: hash,
        git_commit_tags: [id("tag")],
        start_time: at(2),
        _timestamp: at(2),
      },
      {
        id: id("c2"),
        ...place,
        git_repository_branch: "empty",
        git_commit_hash: hash,
        start_time: at(3),
        _timestamp: at(3),
      },
    ],
    builds: [
      { id: id("good"), ...build, status: "PASS", duration: 60, start_time: "2025-02-03T10:05:19.456+00:00" },
      { id: id("bad"), ...build, status: "FAIL", duration: 7.25, misc: { platform: "p", n: 1.0 } },
      { id: id("bare"), origin, checkout_id: id("c1") },
    ],
    tests: [
      {
        id: id("boot"),
        ...run,
        path: "boot.nfs",
        status: "PASS",
        duration: 0,
        environment: { misc: { platform: "board" } },
      },
      {
        ...{
          id: id("fail"),
          ...run,
          path: "ltp.100_x",
          status: "FAIL",
          duration: 1.5,
          misc: { error_msg: "it __proto__ broke" },
        },
        environment: { compatible: ["vendor,board", "vendor,soc"], misc: { platform: "board", device: "d-1" } },
      },
      { id: id("pathless"), ...run, status: "SKIP" },
      { id: id("proto"), ...run, path: "__proto__", status: "ERROR", environment: { misc: { platform: "__proto__" } } },
    ],
    issues: [{ id: id("i"), origin, version: 1, comment: "why", _timestamp: at(4) }],
    incidents: [
      { id: id("n1"), origin, issue_id: id("i"), issue_version: 1, build_id: id("bad"), _timestamp: at(5) },
      { id: id("n2"), origin, issue_id: id("i"), issue_version: 1, test_id: id("fail"), _timestamp: at(5) },
      { id: id("n3"), origin, issue_id: id("i"), issue_version: 9, build_id: id("bad"), _timestamp: at(5) },
    ],
  });
  /** Address of a page of the commit, by tree and branch; `query` begins with `&`. */
  const direct = (page: string, query = "") => `/tree/own/for/next/${hash}/${page}?origin=${origin}${query}`;
  /** What the ids of an answer's list are called here, sorted. */
  const idsOf = async (path: string, of: string) => {
    const answer = z.record(z.string(), z.unknown()).parse(await answerOf(path));
    return Listed.parse(answer[of])
      .map((item) => item.id.slice(origin.length + 1))
      .sort();
  };
  return { origin, hash, older, url, id, direct, idsOf };
}

/** Items of a list as far as tests look at them. */
export const Listed = z.array(z.looseObject({ id: z.string() }));

const Issues = z.array(z.looseObject({ incidents_info: z.record(z.string(), z.number()) }));
const Kind = z.looseObject({ status: z.record(z.string(), z.number()), issues: Issues, unknown_issues: z.number() });

/** A page with a summary. */
export const Page = z.looseObject({
  summary: z.object({ builds: Kind, boots: Kind, tests: Kind }),
  filters: z.looseObject({}),
});

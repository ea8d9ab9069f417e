import { expect, test } from "vitest";
import { answerOf } from "../../support/kernelci-reads.ts";
import { ownTree, Page } from "../../support/kernelci-tree.ts";

const { origin, id, direct, idsOf } = ownTree();

test.each([
  ["builds", "filter_build.status=PASS&filter_build.status=NULL", ["bare", "good"]],
  ["builds", "filter_build.status=pass", []],
  ["builds", "filter_architecture=Unknown", ["bare"]],
  ["builds", "filter_compiler=gcc-14&filter_config_name=defconfig", ["bad", "good"]],
  ["builds", "filter_compiler=gcc-14&filter_config_name=Unknown", []],
  ["builds", "filter_build.duration_[gte]=60", ["bad", "good"]],
  ["builds", "filter_duration_[lte]=7", ["bad"]],
  ["builds", "filter_duration=x", ["bad", "bare", "good"]],
  ["builds", `filter_build.issue=${id("i")},1`, ["bad"]],
  ["builds", `filter_build.issue=${id("i")},2`, []],
  ["builds", "filter_build.issue=Uncategorized", ["bad", "bare"]],
  ["builds", "filter_build.issue=Uncategorized,null", ["bad", "bare"]],
  ["builds", "filter_test.lab=anywhere", []],
  ["builds", "filter_test.hardware=Unknown", ["bare", "good"]],
  ["builds", "filter_test.hardware=p", ["bad"]],
  ["builds", `filter_build.origin=${origin}`, ["bad", "bare", "good"]],
  ["builds", "filter_build.origin=nobody", []],
  ["tests", "filter_test.path=0_x", ["fail"]],
  ["tests", "filter_test.path=0%25x", []],
  ["tests", "filter_test.path=l_p", []],
  ["tests", "filter_test.path=LTP", []],
  ["tests", "filter_test.path=ltp&filter_test.path=__proto", ["proto"]],
  ["tests", "filter_test.path_[like]=ltp", ["fail"]],
  ["tests", "filter_test.path=", ["fail", "proto"]],
  ["tests", "filter_test.status_[in]=FAIL", ["fail"]],
  ["tests", "filter_test.status_[in]=FAIL&filter_test.status_[in]=ERROR", ["fail", "proto"]],
  ["tests", "filter_test.duration_[gte]=1", ["fail"]],
  ["tests", "filter_test.duration_[lte]=1", ["fail"]],
  ["tests", "filter_test.duration_[gt]=2", []],
  ["tests", "filter_test.duration_[lte]=%20+1_0%20", ["fail"]],
  ["tests", "filter_test.duration=99999999999999999999999", []],
  ["tests", "filter_test.duration=1.5", ["fail", "proto"]],
  ["tests", `filter_test.issue=${id("i")},1`, ["fail"]],
  ["tests", "filter_test.issue=Uncategorized", []],
  ["tests", "filter_test.hardware=vendor,board", ["fail"]],
  ["tests", "filter_test.hardware=vendor,soc", []],
  ["tests", "filter_test.hardware=__proto__", ["proto"]],
  ["tests", "filter_test.platform=board", ["fail", "proto"]],
  ["tests", "filter_test.origin=nobody", []],
  ["tests", "filter_boot.status=PASS&filter_tree_name=x&filter_=y&filter___proto__=z", ["fail", "proto"]],
  ["boots", "filter_test.status=FAIL", ["boot"]],
  ["boots", "filter_boot.duration=0", ["boot"]],
  ["boots", "filter_boot.duration=1", []],
  ["boots", "filter_boot.path=nfs&filter_boot.status=PASS", ["boot"]],
])("of %s, %s leaves what it says", async (page, query, left) => {
  expect(await idsOf(direct(page, `&${query.replaceAll("+", "%2B")}`), page)).toEqual(left);
});

test("a summary takes filters to its counts, but offers everything to filter by", async () => {
  const all = Page.parse(await answerOf(direct("summary")));
  for (const [query, kind, status] of [
    ["filter_test.platform=board", "tests", { FAIL: 1, ERROR: 0, SKIP: 0 }],
    ["filter_test.status=FAIL", "tests", { FAIL: 1, ERROR: 0, SKIP: 0 }],
    ["filter_test.path=proto", "tests", { FAIL: 0, ERROR: 1, SKIP: 0 }],
    [`filter_test.issue=${id("i")},1`, "tests", { FAIL: 1, ERROR: 0, SKIP: 0 }],
    ["filter_test.hardware=board", "builds", { PASS: 0, FAIL: 0, NULL: 0 }],
    ["filter_test.duration=1000000", "tests", { FAIL: 1, ERROR: 1, SKIP: 1 }],
    ["filter_build.status=FAIL", "builds", { PASS: 0, FAIL: 1, NULL: 0 }],
  ] as const) {
    const some = Page.parse(await answerOf(direct("summary", `&${query}`)));
    expect(some.summary[kind].status, query).toMatchObject(status);
    expect(some.filters, query).toEqual(all.filters);
  }
});

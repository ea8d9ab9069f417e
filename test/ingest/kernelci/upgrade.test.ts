import { expect, test } from "vitest";
import { toVersion2 } from "../../../functions/ingest/kernelci/upgrade/to-2.ts";
import { toVersion3 } from "../../../functions/ingest/kernelci/upgrade/to-3.ts";
import { toVersion4 } from "../../../functions/ingest/kernelci/upgrade/to-4.ts";
import { toVersion5 } from "../../../functions/ingest/kernelci/upgrade/to-5.ts";

const COMMIT = "a".repeat(40);
const PATCHES = "b".repeat(64);
const file = (name: string) => ({ name, url: "https://x.example/f" });

test("1.1 to 2.0 joins origins with ids, and takes slashes out of file names", () => {
  const upgraded = toVersion2({
    revisions: [{ origin: "o", origin_id: COMMIT, patch_mboxes: [file("a/b/c.patch")] }],
    builds: [
      {
        origin: "o",
        origin_id: "1",
        revision_origin: "r",
        revision_origin_id: COMMIT,
        input_files: [file("a/b")],
        output_files: [file("c/d")],
      },
    ],
    tests: [{ origin: "o", origin_id: "t/1", build_origin: "o", build_origin_id: "1", output_files: [file("e/f")] }],
  });
  expect(upgraded).toEqual({
    revisions: [{ id: `o:${COMMIT}`, patch_mboxes: [file("a_b_c.patch")] }],
    builds: [{ id: "o:1", revision_id: `r:${COMMIT}`, input_files: [file("a_b")], output_files: [file("c_d")] }],
    tests: [{ id: "o:t/1", build_id: "o:1", output_files: [file("e_f")] }],
  });
});

test("2.0 to 3.0 gives each object its origin, and revisions the names they have today", () => {
  const upgraded = toVersion3({
    revisions: [{ id: `o:${COMMIT}`, git_repository_commit_hash: COMMIT, git_repository_commit_name: "v5.9" }],
    builds: [{ id: "o:1", revision_id: `r:${COMMIT}` }],
    tests: [{ id: "p:1", build_id: "o:1" }],
  });
  expect(upgraded).toEqual({
    revisions: [{ id: COMMIT, origin: "o", git_commit_hash: COMMIT, git_commit_name: "v5.9" }],
    builds: [{ id: "o:1", origin: "o", revision_id: COMMIT }],
    tests: [{ id: "p:1", origin: "p", build_id: "o:1" }],
  });
});

test("3.0 to 4.0 makes checkouts of revisions, and comments of descriptions", () => {
  const upgraded = toVersion4({
    revisions: [
      {
        id: `${COMMIT}+${PATCHES}`,
        origin: "o",
        patch_mboxes: [file("p")],
        discovery_time: "2020-01-01T00:00:00Z",
        publishing_time: "2019-01-01T00:00:00Z",
        description: "d",
        contacts: ["a@x.example"],
      },
      { id: COMMIT, origin: "o" },
    ],
    builds: [{ id: "o:1", origin: "o", revision_id: COMMIT, description: "b" }],
    tests: [{ id: "o:1", origin: "o", build_id: "o:1", description: "t", environment: { description: "e" } }],
  });
  expect(upgraded).toEqual({
    checkouts: [
      {
        id: `_:o:${COMMIT}+${PATCHES}`,
        origin: "o",
        patchset_files: [file("p")],
        patchset_hash: PATCHES,
        start_time: "2020-01-01T00:00:00Z",
        comment: "d",
        contacts: ["a@x.example"],
      },
      { id: `_:o:${COMMIT}`, origin: "o", patchset_hash: "" },
    ],
    builds: [{ id: "o:1", origin: "o", checkout_id: `_:o:${COMMIT}`, comment: "b" }],
    tests: [{ id: "o:1", origin: "o", build_id: "o:1", comment: "t", environment: { comment: "e" } }],
  });
});

test("4.x to 5.0 makes a status of valid, and incidents of waived tests", () => {
  const upgraded = toVersion5({
    checkouts: [{ id: "o:1", valid: true, contacts: [] }],
    builds: [{ id: "o:1", valid: true }, { id: "o:2", valid: false }, { id: "o:3" }],
    tests: [{ id: "o:1", waived: true }, { id: "o:2", waived: false }, { id: "o:3" }],
    issues: [{ id: "o:i", version: 1, build_valid: false, test_status: "FAIL" }],
    incidents: [{ id: "o:n" }],
  });
  expect(upgraded).toEqual({
    checkouts: [{ id: "o:1", valid: true }],
    builds: [{ id: "o:1", status: "PASS" }, { id: "o:2", status: "FAIL" }, { id: "o:3" }],
    tests: [{ id: "o:1" }, { id: "o:2" }, { id: "o:3" }],
    issues: [
      { id: "o:i", version: 1 },
      { id: "_:waived", version: 1, origin: "_", comment: "Test waived as unreliable" },
    ],
    incidents: [
      { id: "o:n" },
      { id: "_:waived:1:o:1", origin: "_", issue_id: "_:waived", issue_version: 1, test_id: "o:1", present: true },
    ],
  });
});

test("without a waived test no issue is made", () => {
  expect(toVersion5({ tests: [{ id: "o:2", waived: false }] })).toEqual({ tests: [{ id: "o:2" }] });
});

test.each([toVersion2, toVersion3, toVersion4, toVersion5])(
  "%o leaves what is no object for the check to find",
  (step) => {
    const odd = { builds: "none", tests: [null, 1, "x", [], {}], checkouts: { a: 1 }, issues: null, version: 7 };
    expect(() => step(odd)).not.toThrow();
    expect(step(odd)).toMatchObject({ builds: "none", tests: [null, 1, "x", [], {}] });
  },
);

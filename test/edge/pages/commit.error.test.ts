import { expect, test } from "vitest";
import { freshRepository } from "../../support/github-delivery.ts";
import { askPage, freshHash, storeRun } from "../../support/pages.ts";

test("a hash that nobody knows is a 404, in the form the caller prefers", async () => {
  const unknown = freshHash();
  const json = await askPage(`/commits/${unknown}`);
  expect([json.status, JSON.parse(json.text)]).toMatchObject([404, { code: "not_found" }]);
  const page = await askPage(`/commits/${unknown}`, { as: "html" });
  expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  expect(page.text).toContain("No such commit");
});

test.each(["abcdef", "a".repeat(65), "xyzxyzxyz", "%00%00%00%00%00%00%00", "1234567'--", "%25%5F%25%5F%25%5F%25"])(
  "%s is refused as no hash",
  async (sha) => {
    for (const path of [`/commits/${sha}`, `/commits?sha=${sha}`]) {
      const json = await askPage(path);
      expect([path, json.status, JSON.parse(json.text)]).toMatchObject([path, 400, { code: "bad_request" }]);
      const page = await askPage(path, { as: "html" });
      expect([path, page.status]).toEqual([path, 400]);
      expect(page.text).toContain("This is not a hash");
    }
  },
);

test("unknown parameters of the search are refused", async () => {
  expect((await askPage("/commits?sha=abcdef1&other=1")).status).toBe(400);
  expect((await askPage("/commits")).status).toBe(400);
});

test("the search leads to the commit's address", async () => {
  const { status, headers } = await askPage("/commits?sha=%20ABCDEF1%20", { as: "html" });
  expect([status, headers.get("location")]).toEqual([303, "/commits/abcdef1"]);
});

test("several commits that begin alike are a list", async () => {
  const repository = freshRepository();
  const beginning = freshHash().slice(0, 20);
  const hashes = ["0", "f"].map((digit) => beginning.padEnd(40, digit));
  for (const sha of hashes) await storeRun(repository, { sha, committedAt: "2026-01-01T00:00:00Z", jobs: [] });
  const json = await askPage(`/commits/${beginning}`);
  expect([json.status, JSON.parse(json.text)]).toEqual([
    300,
    { commits: hashes.map((sha) => ({ sha, url: `/commits/${sha}` })), truncated: false },
  ]);
  const page = await askPage(`/commits/${beginning}`, { as: "html" });
  expect(page.status).toBe(300);
  for (const sha of hashes) expect(page.text).toContain(`<a href="/commits/${sha}">`);
});

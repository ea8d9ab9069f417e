import { beforeAll, describe, expect, test } from "vitest";
import { freshRepository } from "../../support/github-delivery.ts";
import { freshId, submitted } from "../../support/kernelci-submissions.ts";
import { OWN, ownEdge, sum } from "../../support/own-edge.ts";
import { askPage, commitAt, freshHash, storeRun } from "../../support/pages.ts";
import { commitBody, freshProject, posted } from "../../support/qaboard.ts";

const GITHUB_READ = "github-token-of-the-pages";
const QABOARD_READ = "qaboard-token-of-the-pages";
const restricted = ownEdge(() => ({
  GITHUB_READ_TOKEN_SHA256: sum(GITHUB_READ),
  QABOARD_READ_TOKEN_SHA256: sum(QABOARD_READ),
}));

const SCRIPT = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
/** Turns the writing direction, rings the bell, ends a line. */
const DISTURBING = "\u202ecba\u2066\u0007\u0085\u200f";

/** The tags of a page with the names of their attributes, without values. */
const attributes = (page: string) =>
  [...page.replaceAll(/"[^"]*"/g, '""').matchAll(/<[^>]*>/g)].map(([tag]) => tag).join("\n");

describe("texts of senders", () => {
  const sha = freshHash();
  let page: Awaited<ReturnType<typeof askPage>>;
  beforeAll(async () => {
    const place = { ...freshProject(), hash: sha };
    const evil = SCRIPT + DISTURBING;
    const checkout = freshId();
    const build = freshId();
    await storeRun(freshRepository(), {
      sha,
      branch: evil,
      workflow: evil,
      committedAt: "2026-01-02T00:00:00Z",
      message: `${evil}\n\n${evil}`,
      jobs: [{ name: evil, conclusions: ["failure"] }],
    });
    const { status, reason } = await submitted({
      version: { major: 5, minor: 3 },
      checkouts: [
        {
          id: checkout,
          origin: "tests",
          tree_name: evil,
          git_commit_hash: sha,
          git_repository_branch: evil,
          start_time: "2026-01-02T00:00:00Z",
        },
      ],
      builds: [
        {
          id: build,
          origin: "tests",
          checkout_id: checkout,
          architecture: "arm64",
          config_name: evil,
          compiler: evil,
          status: "FAIL",
          misc: { lab: evil },
        },
      ],
      tests: [
        {
          id: freshId(),
          origin: "tests",
          build_id: build,
          path: "evil.test",
          status: "FAIL",
          environment: { misc: { platform: evil.slice(0, 90) } },
          misc: { runtime: evil },
        },
      ],
    });
    if (status !== "processed") throw new Error(`${status}: ${reason}`);
    await posted(place, {
      ...commitBody(place, { commit_branch: evil, commit_message: evil, commit_committer_name: evil }),
      batch_label: evil,
      platform: evil,
      input_path: evil,
      configurations: [evil],
      metrics: { [evil]: 1, is_failed: false },
    });
    page = await askPage(`/commits/${sha}`, { as: "html" });
  });

  test("are text and nothing else", () => {
    expect(page.status).toBe(200);
    expect(page.text.split("&lt;script&gt;alert(1)").length).toBeGreaterThan(15);
    expect(attributes(page.text)).not.toMatch(/ (on[a-z]+|style)=/i);
    const tags = new Set([...page.text.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag));
    for (const tag of ["script", "img", "iframe", "style", "object", "svg", "base"])
      expect([tag, tags.has(tag)]).toEqual([tag, false]);
  });

  test("cannot disturb what stands around them", () => {
    expect(page.text).not.toMatch(/(?![\n\t])\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    expect(page.text).toContain("\ufffdcba\ufffd\ufffd\ufffd\ufffd");
  });

  test("are cut when they are long", async () => {
    const long = freshHash();
    await storeRun(freshRepository(), {
      sha: long,
      committedAt: "2026-01-02T00:00:00Z",
      message: `${"m".repeat(100_000)}\n\n${"b".repeat(100_000)}`,
      workflow: "w".repeat(100_000),
      jobs: [{ name: "j".repeat(100_000), conclusions: ["failure"] }],
    });
    const { text } = await askPage(`/commits/${long}`, { as: "html" });
    expect(text.length).toBeLessThan(40_000);
    expect((await commitAt(long)).message).toHaveLength(4_000);
  });
});

test("a page runs no script, loads our stylesheet alone and cannot be framed", async () => {
  const known = freshHash();
  await storeRun(freshRepository(), { sha: known, committedAt: "2026-01-02T00:00:00Z", jobs: [] });
  for (const path of ["/", `/commits/${known}`, `/commits/${freshHash()}`, "/commits/zz"]) {
    const { text, headers } = await askPage(path, { as: "html" });
    expect([path, headers.get("content-security-policy")]).toEqual([
      path,
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ]);
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(attributes(text)).not.toMatch(/<script| (on[a-z]+|style)=/i);
    expect([...text.matchAll(/<link[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<link rel="stylesheet" href="/pages.css">',
    ]);
  }
  const sheet = await askPage("/pages.css");
  expect([sheet.status, sheet.headers.get("content-type")]).toEqual([200, "text/css; charset=utf-8"]);
  expect(sheet.text).not.toContain("url(");
});

describe("restricted sources", () => {
  const both = freshHash();
  const secret = freshHash();
  const repository = freshRepository();
  const ask = (path: string, token?: string, as: "html" | "json" = "json") =>
    askPage(path, { as, token, edgeUrl: restricted().url });
  beforeAll(async () => {
    await storeRun(repository, {
      sha: both,
      committedAt: "2026-01-02T00:00:00Z",
      jobs: [{ name: "hidden-job", conclusions: ["failure"] }],
    });
    await posted({ ...freshProject(), hash: secret });
    await posted({ ...freshProject(), hash: both });
    await submitted({
      version: { major: 5, minor: 3 },
      checkouts: [{ id: freshId(), origin: "tests", git_commit_hash: both }],
    });
  });

  test("say that they need a token, and nothing besides", async () => {
    const { status, text } = await ask(`/commits/${both}`);
    expect([status, JSON.parse(text)]).toMatchObject([
      200,
      {
        summary: "No verdict yet",
        message: null,
        author: null,
        time: null,
        branches: [],
        repositories: [],
        github: { access: "token needed" },
        qaboard: { access: "token needed" },
      },
    ]);
    expect(JSON.parse(text).github).toEqual({ access: "token needed" });
    const page = await ask(`/commits/${both}`, undefined, "html");
    expect(page.text).toContain("This part needs a token");
    expect(page.text).not.toMatch(/hidden-job|made\/project/);
  });

  test("open by their own token alone", async () => {
    const access = async (token?: string) => {
      const { github, qaboard } = await commitAt(both, { token, edgeUrl: restricted().url });
      return [github.access, qaboard.access];
    };
    expect(await access(GITHUB_READ)).toEqual(["granted", "token needed"]);
    expect(await access(QABOARD_READ)).toEqual(["token needed", "granted"]);
    expect(await access(OWN.adminToken)).toEqual(["token needed", "token needed"]);
    expect(await access(`${GITHUB_READ}0`)).toEqual(["token needed", "token needed"]);
  });

  test("do not show whether they know a commit", async () => {
    const known = await ask(`/commits/${secret}`);
    const unknown = await ask(`/commits/${freshHash()}`);
    expect([known.status, unknown.status]).toEqual([404, 404]);
    const { requestId: _known, ...told } = JSON.parse(known.text);
    const { requestId: _unknown, ...same } = JSON.parse(unknown.text);
    expect(told).toEqual(same);
    expect((await ask(`/commits/${secret.slice(0, 10)}`)).status).toBe(404);
    expect((await ask(`/commits/${secret}`, QABOARD_READ)).status).toBe(200);
  });

  test("are not shown by what a reader with a token left in a cache", async () => {
    const opened = await ask(`/commits/${both}`, GITHUB_READ);
    const closed = await ask(`/commits/${both}`);
    for (const { headers } of [opened, closed]) {
      expect(headers.get("cache-control")).toBe("private, no-cache");
      expect(headers.get("vary")).toContain("Authorization");
      expect(headers.get("vary")).toContain("Accept");
    }
    expect(opened.text).toContain("hidden-job");
    expect(closed.text).not.toContain("hidden-job");
    const replayed = await askPage(`/commits/${both}`, {
      edgeUrl: restricted().url,
      headers: { "if-none-match": opened.headers.get("etag") ?? "" },
    });
    expect([replayed.status, replayed.text.includes("hidden-job")]).toEqual([200, false]);
  });

  test("are left out of the start page", async () => {
    const { text } = await ask("/");
    expect(JSON.parse(text).received).toMatchObject({
      github: { access: "token needed" },
      qaboard: { access: "token needed" },
    });
    expect(text).not.toContain(repository.full_name);
    expect((await ask("/", undefined, "html")).text).not.toContain(repository.full_name);
    expect((await ask("/", GITHUB_READ)).text).toContain('"github":{"access":"granted"');
  });
});

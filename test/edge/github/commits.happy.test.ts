import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { store } from "../../support/github-chain.ts";
import { freshRepository } from "../../support/github-delivery.ts";
import {
  everyPage,
  githubBase,
  IREE,
  ours,
  readObject,
  recordedList,
  type Sent,
  seeded,
} from "../../support/github-reads.ts";

seeded();
const pool = testPool();

const Shas = z.array(z.looseObject({ sha: z.string() })).transform((all) => all.map(({ sha }) => sha));
const Listed = z.array(z.record(z.string(), z.unknown()));
const shas = async (query: string) => Shas.parse((await everyPage(`${IREE}/commits?per_page=100&${query}`)).flat());
const recordedShas = () => Shas.parse(recordedList("commits.json.gz"));

/** Members of an account that are shown; GitHub's further addresses follow from the login. */
const ACCOUNT = ["login", "id", "node_id", "avatar_url", "html_url", "url", "type", "site_admin"];
const account = (sent: unknown) => {
  if (sent === null || sent === undefined) return null;
  const all = z.record(z.string(), z.unknown()).parse(ours(sent));
  return Object.fromEntries(ACCOUNT.filter((name) => name in all).map((name) => [name, all[name]]));
};

/** A recorded commit without what only GitHub knows. */
function expected(sent: Sent): Sent {
  const { verification: _, ...commit } = z.record(z.string(), z.unknown()).parse(ours(sent.commit));
  return { ...Sent_(ours(sent)), commit, author: account(sent.author), committer: account(sent.committer) };
}
const Sent_ = (value: unknown) => z.record(z.string(), z.unknown()).parse(value);

test("a scraped commit has every field that GitHub's list told: people, accounts, tree, parents, node id", async () => {
  const listed = Listed.parse((await everyPage(`${IREE}/commits?per_page=100`)).flat());
  expect(listed).toEqual(recordedList("commits.json.gz").map(expected));
});

test("a branch shows the whole commit at its head, and its protection", async () => {
  const [newest] = recordedList("commits.json.gz");
  const branch = await readObject(`${IREE}/branches/main`);
  expect(branch).toMatchObject({
    name: "main",
    commit: expected(newest ?? {}),
    _links: { self: `${githubBase()}${IREE}/branches/main`, html: "https://github.com/iree-org/iree-like/tree/main" },
    protection: { enabled: branch.protected },
    protection_url: `${githubBase()}${IREE}/branches/main/protection`,
  });
});

test("a branch whose commits nobody told of shows the hash of its head", async () => {
  const branch = await readObject(`${IREE}/branches/gh-pages`);
  const sha = expect.stringMatching(/^[0-9a-f]{40}$/);
  expect(branch.commit).toMatchObject({ sha, node_id: null, author: null, committer: null, parents: [] });
});

test("a pushed commit has the committer and the tree of the push, and no parents", async () => {
  const repository = freshRepository();
  const id = "c0ffee".padEnd(40, "0");
  await store(pool, "push", {
    ref: "refs/heads/users/ann/wip",
    before: "0".repeat(40),
    after: id,
    commits: [
      {
        id,
        tree_id: "7".repeat(40),
        message: "Try it",
        timestamp: "2026-01-02T12:00:00+02:00",
        author: { name: "Ann", email: "ann@example.org", username: "ann" },
        committer: { name: "GitHub", email: "noreply@github.com", username: "web-flow" },
      },
    ],
    repository: { ...repository, pushed_at: 1_767_348_000 },
  });
  const base = `/repos/${repository.full_name}`;
  const commit = {
    sha: id,
    node_id: null,
    parents: [],
    author: { login: "ann" },
    committer: null,
    commit: {
      author: { name: "Ann", email: "ann@example.org", date: "2026-01-02T10:00:00Z" },
      committer: { name: "GitHub", email: "noreply@github.com", date: "2026-01-02T10:00:00Z" },
      tree: { sha: "7".repeat(40), url: `${githubBase()}${base}/git/trees/${"7".repeat(40)}` },
    },
  };
  for (const ref of ["users/ann/wip", "users%2Fann%2Fwip", "heads/users/ann/wip", "refs/heads/users/ann/wip", "c0ffee"])
    expect(await readObject(`${base}/commits/${ref}`)).toMatchObject(commit);
  for (const ref of ["users/ann/wip", "heads/users/ann/wip", "C0FFEE", id])
    expect(Listed.parse((await everyPage(`${base}/commits?sha=${ref}`)).flat())).toMatchObject([commit]);
});

test.each([7, 12, 40])(
  "from a commit on, named by %i characters of its hash, history is that of its branch",
  async (length) => {
    const all = recordedShas();
    const dated = Listed.parse((await everyPage(`${IREE}/commits?per_page=100`)).flat());
    expect(Shas.parse(dated)).toEqual(all);
    expect(await shas(`sha=${all[50]?.slice(0, length)}`)).toEqual(all.slice(50));
  },
);

test("a commit is read by the beginning of its hash, in any case", async () => {
  const [, second = ""] = recordedShas();
  for (const ref of [second.slice(0, 7), second.slice(0, 20).toUpperCase(), second.toUpperCase()])
    expect(await readObject(`${IREE}/commits/${ref}`)).toMatchObject({ sha: second });
});

test("a push and the commit list complete each other in either order", async () => {
  const [listed] = recordedList("commits.json.gz");
  const sha = String(listed?.sha);
  const before = await readObject(`${IREE}/commits/${sha}`);
  const { author } = z
    .looseObject({ author: z.looseObject({ name: z.string(), email: z.string() }) })
    .parse(listed?.commit);
  await store(pool, "push", {
    ref: "refs/heads/main",
    before: "0".repeat(40),
    after: sha,
    commits: [
      {
        id: sha,
        tree_id: "7".repeat(40),
        message: before.commit && z.looseObject({ message: z.string() }).parse(before.commit).message,
        timestamp: z.looseObject({ author: z.looseObject({ date: z.string() }) }).parse(listed?.commit).author.date,
        author: { ...author, username: z.looseObject({ login: z.string() }).nullable().parse(listed?.author)?.login },
        committer: { name: "Somebody else", email: "else@example.org" },
      },
    ],
    repository: { ...z.looseObject({}).parse(await readObject(IREE)), pushed_at: 1 },
  });
  expect(await readObject(`${IREE}/commits/${sha}`)).toEqual(before);
});

import { request } from "node:http";
import { expect, inject, test } from "vitest";
import * as z from "zod";
import {
  everyPage,
  githubBase,
  IREE,
  ours,
  RunList,
  read,
  readObject,
  recorded,
  recordedList,
  seeded,
} from "../../support/github-reads.ts";

seeded();

/** A commit as lists show it, flat. */
const Commit = z
  .looseObject({
    sha: z.string(),
    html_url: z.string(),
    commit: z.looseObject({ message: z.string(), author: z.looseObject({ name: z.string(), date: z.string() }) }),
    author: z.looseObject({ login: z.string(), html_url: z.string() }).nullable(),
  })
  .transform(({ sha, html_url, commit: { message, author: person }, author }) => {
    return { sha, html_url, message, name: person.name, date: person.date, login: author?.login, at: author?.html_url };
  });

test("a repository is read by its name in any case and by its id, and so is all below it", async () => {
  const repository = ours(recorded("repo.json"));
  for (const path of [IREE, "/repos/IREE-Org/Iree-LIKE", "/repositories/700100200"])
    expect(await readObject(path)).toEqual(repository);
  const byName = await read(`${IREE}/actions/runs?per_page=3`);
  const byId = await read("/repositories/700100200/actions/runs?per_page=3");
  expect(await byId.json()).toEqual(await byName.json());
  const next = `${githubBase()}/repositories/700100200/actions/runs?per_page=3&page=2`;
  expect(byId.headers.get("link")).toContain(`<${next}>; rel="next"`);
});

test("branches are listed, and read by a name with slashes encoded or plain", async () => {
  const branches = recordedList("branches.json");
  const list = async (query: string) => (await everyPage(`${IREE}/branches?per_page=7&${query}`)).flat();
  expect(await list("")).toEqual(ours(branches));
  expect(await list("protected=true")).toEqual(ours(branches.filter((branch) => branch.protected)));
  expect(await list("protected=false")).toEqual(ours(branches.filter((branch) => !branch.protected)));
  for (const branch of branches) {
    const name = String(branch.name);
    for (const path of [encodeURIComponent(name), encodeURI(name).replaceAll("#", "%23")])
      expect(await readObject(`${IREE}/branches/${path}`)).toMatchObject(
        z.record(z.string(), z.unknown()).parse(ours(branch)),
      );
  }
});

test("commits are those of the default branch, newest first, and narrowed by author and time", async () => {
  const wanted = z.array(Commit).parse(recorded("commits.json.gz"));
  const list = async (query: string) =>
    z.array(Commit).parse((await everyPage(`${IREE}/commits?per_page=90&${query}`)).flat());
  expect(wanted.length).toBe(200);
  expect(await list("")).toEqual(wanted);
  expect(await list("sha=main")).toEqual(wanted);
  expect(await list("sha=gh-pages")).toEqual([]);
  expect(await list("author=octavia")).toEqual(wanted.filter(({ login }) => login === "octavia"));
  const byName = wanted.filter(({ name }) => name === "Octavia Lindqvist");
  expect(await list("author=Octavia+Lindqvist")).toEqual(byName);
  const [since = "", until = ""] = [wanted[50]?.date, wanted[20]?.date];
  expect(await list(`since=${since}`)).toEqual(wanted.filter(({ date }) => date >= since));
  const between = wanted.filter(({ date }) => date >= since && date <= until);
  expect(await list(`since=${since}&until=${until}`)).toEqual(between);
});

test("a commit is read by its hash, and as the head of a branch", async () => {
  const [newest] = z.array(Commit).parse(recorded("commits.json.gz"));
  const answer = await readObject(`${IREE}/commits/${newest?.sha}`);
  expect(Commit.parse(answer)).toEqual(newest);
  expect(await readObject(`${IREE}/commits/main`)).toEqual(answer);
});

test("nobody uses up the rate limit", async () => {
  const rate = { limit: 5_000, used: 0, remaining: 5_000, reset: expect.any(Number) };
  const answer = await readObject("/rate_limit");
  expect(answer).toEqual({ resources: { core: rate }, rate });
  const { reset } = z.object({ rate: z.object({ reset: z.number() }) }).parse(answer).rate;
  expect(reset).toBeGreaterThan(Date.now() / 1_000);
});

test("on the source's own host name the routes stand at the root, in links and urls too", async () => {
  const { port } = new URL(inject("stack").edgeUrl);
  const { text, link } = await new Promise<{ text: string; link: string | undefined }>((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: `${IREE}/actions/runs?per_page=1` };
    const sent = request({ ...options, headers: { host: `github.localhost:${port}` } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve({ text: Buffer.concat(chunks).toString(), link: String(answer.headers.link) }));
    });
    sent.on("error", reject).end();
  });
  const root = `http://github.localhost:${port}${IREE}/actions/runs`;
  expect(link).toContain(`<${root}?per_page=1&page=2>; rel="next"`);
  const { workflow_runs: runs } = RunList.parse(JSON.parse(text));
  expect(runs[0]?.url).toBe(`${root}/${runs[0]?.id}`);
});

import * as z from "zod";
import { PAGE_SIZE, parseAnswer } from "./answers.ts";
import { conditionalGet } from "./conditional-get.ts";
import type { GitHost } from "./git-host.ts";

const Commit = z.object({
  sha: z.string(),
  commit: z.object({
    message: z.string(),
    author: z.object({ date: z.string() }),
    committer: z.object({ name: z.string() }),
  }),
  parents: z.array(z.object({ sha: z.string() })),
});
const Branches = z.array(z.object({ name: z.string() }));
const Comparison = z.object({ status: z.string() });
const Tree = z.object({ tree: z.array(z.object({ path: z.string(), type: z.string() })) });

/** Branches that are compared with a commit; GitHub does not list those that hold it. */
const MAX_COMPARED = 10;
const HOLDS = ["behind", "identical"];

/** GitHub's REST API. */
export function githubHost(url: string, token: string | undefined): GitHost {
  const get = conditionalGet(url, {
    accept: "application/vnd.github+json",
    "user-agent": "runledger",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  });
  const below = (repository: string) => `/repos/${repository.split("/").map(encodeURIComponent).join("/")}`;
  return {
    async commit(repository, ref) {
      const answer = await get(`${below(repository)}/commits/${encodeURIComponent(ref)}`);
      if (answer === undefined) return undefined;
      const { sha, commit, parents } = parseAnswer(Commit, answer);
      const { message, author, committer } = commit;
      const hashes = parents.map((parent) => parent.sha);
      return { hash: sha, message, committerName: committer.name, authoredAt: author.date, parents: hashes };
    },
    async branchesWith(repository, hash) {
      const answer = await get(`${below(repository)}/branches?per_page=${PAGE_SIZE}`);
      if (answer === undefined) return [];
      const names = parseAnswer(Branches, answer).map(({ name }) => name);
      const usual = ["release", "master", "main", "develop"].filter((name) => names.includes(name));
      const asked = [...new Set([...usual, ...names])].slice(0, MAX_COMPARED);
      const holds = await Promise.all(
        asked.map(async (name) => {
          const range = `${encodeURIComponent(name)}...${encodeURIComponent(hash)}`;
          const compared = await get(`${below(repository)}/compare/${range}?per_page=1`);
          return compared !== undefined && HOLDS.includes(parseAnswer(Comparison, compared).status);
        }),
      );
      return asked.filter((_, at) => holds[at]);
    },
    async listFiles(repository, hash) {
      const answer = await get(`${below(repository)}/git/trees/${encodeURIComponent(hash)}?recursive=1`);
      if (answer === undefined) return undefined;
      return parseAnswer(Tree, answer).tree.flatMap(({ type, path }) => (type === "blob" ? [path] : []));
    },
    async readFile(repository, hash, path) {
      const at = path.split("/").map(encodeURIComponent).join("/");
      const query = `?ref=${encodeURIComponent(hash)}`;
      return (await get(`${below(repository)}/contents/${at}${query}`, { accept: "application/vnd.github.raw" }))?.body;
    },
  };
}

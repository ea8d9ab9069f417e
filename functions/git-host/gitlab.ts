import * as z from "zod";
import { MAX_PAGES, PAGE_SIZE, parseAnswer } from "./answers.ts";
import { conditionalGet } from "./conditional-get.ts";
import type { GitHost } from "./git-host.ts";

const Commit = z.object({
  id: z.string(),
  message: z.string(),
  committer_name: z.string(),
  authored_date: z.string(),
  parent_ids: z.array(z.string()).default([]),
});
const Refs = z.array(z.object({ type: z.string(), name: z.string() }));
const Tree = z.array(z.object({ path: z.string(), type: z.string() }));

/** GitLab's REST API, version 4. */
export function gitlabHost(url: string, token: string | undefined): GitHost {
  const get = conditionalGet(`${url}/api/v4`, token === undefined ? {} : { "private-token": token });
  const below = (repository: string) => `/projects/${encodeURIComponent(repository)}/repository`;
  return {
    async commit(repository, ref) {
      const answer = await get(`${below(repository)}/commits/${encodeURIComponent(ref)}`);
      if (answer === undefined) return undefined;
      const { id, message, committer_name, authored_date, parent_ids } = parseAnswer(Commit, answer);
      return { hash: id, message, committerName: committer_name, authoredAt: authored_date, parents: parent_ids };
    },
    async branchesWith(repository, hash) {
      const path = `${below(repository)}/commits/${encodeURIComponent(hash)}/refs?type=branch&per_page=${PAGE_SIZE}`;
      const answer = await get(path);
      return answer === undefined ? [] : parseAnswer(Refs, answer).map(({ name }) => name);
    },
    async listFiles(repository, hash) {
      const paths: string[] = [];
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const query = `recursive=true&ref=${encodeURIComponent(hash)}&per_page=${PAGE_SIZE}&page=${page}`;
        const answer = await get(`${below(repository)}/tree?${query}`);
        if (answer === undefined) return page === 1 ? undefined : paths;
        const entries = parseAnswer(Tree, answer);
        for (const { type, path } of entries) if (type === "blob") paths.push(path);
        if (entries.length < PAGE_SIZE) break;
      }
      return paths;
    },
    async readFile(repository, hash, path) {
      const at = `${below(repository)}/files/${encodeURIComponent(path)}/raw?ref=${encodeURIComponent(hash)}`;
      return (await get(at))?.body;
    },
  };
}

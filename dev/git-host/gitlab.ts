import { type Commit, type Fixture, findCommit, holds, listBranches } from "./fixture.ts";
import type { Speaks } from "./speaks.ts";

/** GitLab's API, version 4, over one repository. */
export const gitlab: Speaks = {
  isAuthorized: (headers, token) => headers["private-token"] === token,
  answer(recorded, repository, url) {
    const below = `/api/v4/projects/${encodeURIComponent(repository)}/repository/`;
    const text = url.pathname.startsWith(below)
      ? contentOf(recorded, url.pathname.slice(below.length), url)
      : undefined;
    return text === undefined
      ? { status: 404, text: JSON.stringify({ message: "404 Not Found" }) }
      : { status: 200, text };
  },
};

function contentOf(recorded: Fixture, path: string, url: URL): string | undefined {
  const [kind = "", name = "", more] = path.split("/").map(decodeURIComponent);
  const commit = findCommit(recorded, kind === "commits" ? name : (url.searchParams.get("ref") ?? ""));
  if (commit === undefined) return undefined;
  if (kind === "commits" && more === "refs") return JSON.stringify(branchesWith(recorded, commit.hash));
  if (kind === "commits") return JSON.stringify(shown(commit));
  if (kind === "files") return commit.tree[name];
  const entries = Object.keys(commit.tree).map((one) => ({ path: one, type: "blob" }));
  const page = Number(url.searchParams.get("page") ?? 1);
  return JSON.stringify(entries.slice((page - 1) * 100, page * 100));
}

function shown({ hash, message, author, committer, parents }: Commit) {
  return {
    id: hash,
    message,
    committer_name: committer.name,
    authored_date: author.date,
    parent_ids: parents,
  };
}

function branchesWith(recorded: Fixture, hash: string) {
  const branches = listBranches(recorded).filter(({ tip }) => holds(recorded, tip, hash));
  return branches.map(({ name }) => ({ type: "branch", name }));
}

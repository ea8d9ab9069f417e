import { type Commit, type Fixture, findCommit, holds, listBranches } from "./fixture.ts";
import type { Answer, Speaks } from "./speaks.ts";

const json = (value: unknown, headers: Answer["headers"] = {}): Answer => ({
  status: 200,
  text: JSON.stringify(value),
  headers,
});
const refused = (status: number, message: string): Answer => ({ status, text: JSON.stringify({ message }) });
const NOT_FOUND = refused(404, "Not Found");

/** GitHub's REST API over one repository, with its own statuses for what is not there. */
export const github: Speaks = {
  isAuthorized: ({ authorization }, token) => authorization === `Bearer ${token}`,
  answer(recorded, repository, url, headers) {
    // As GitHub does, which tells clients by it.
    if (headers["user-agent"] === undefined) return refused(403, "Request forbidden by administrative rules.");
    const below = `/repos/${repository}/`;
    if (!url.pathname.startsWith(below)) return NOT_FOUND;
    const [kind = "", ...rest] = url.pathname.slice(below.length).split("/");
    const name = rest.map(decodeURIComponent).join("/");
    if (kind === "branches") return branches(recorded, url);
    if (kind === "compare") return compare(recorded, name);
    if (kind === "contents") return contents(recorded, name, url, headers.accept);
    if (kind === "commits") {
      const commit = findCommit(recorded, name);
      return commit === undefined ? refused(422, `No commit found for SHA: ${name}`) : json(shown(commit));
    }
    const tree = findCommit(recorded, name.replace(/^trees\//, ""))?.tree;
    return tree === undefined ? NOT_FOUND : json({ tree: entries(Object.keys(tree)), truncated: false });
  },
};

function shown({ hash, message, author, committer, parents }: Commit) {
  // GitHub leaves the last line end of a message out.
  const commit = { message: message.replace(/\n$/, ""), author, committer };
  return { sha: hash, commit, parents: parents.map((sha) => ({ sha })) };
}

function branches(recorded: Fixture, url: URL): Answer {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const all = listBranches(recorded).map(({ name, tip }) => ({ name, commit: { sha: tip } }));
  return json(all.slice(0, size), all.length > size ? { link: `<${url.pathname}?page=2>; rel="next"` } : {});
}

/** How the second of two commits stands to the first. */
function compare(recorded: Fixture, range: string): Answer {
  const [base, head] = range.split("...").map((name) => findCommit(recorded, name)?.hash);
  if (base === undefined || head === undefined) return NOT_FOUND;
  const isBehind = holds(recorded, base, head);
  const isAhead = holds(recorded, head, base);
  return json({ status: base === head ? "identical" : isBehind ? "behind" : isAhead ? "ahead" : "diverged" });
}

/** Files as GitHub lists them, folders among them. */
function entries(paths: readonly string[]) {
  const folders = new Set(
    paths.flatMap((path) =>
      path
        .split("/")
        .slice(0, -1)
        .map((_, at, parts) => parts.slice(0, at + 1).join("/")),
    ),
  );
  return [...[...folders].map((path) => ({ path, type: "tree" })), ...paths.map((path) => ({ path, type: "blob" }))];
}

function contents(recorded: Fixture, path: string, url: URL, accept = ""): Answer {
  const text = findCommit(recorded, url.searchParams.get("ref") ?? "")?.tree[path];
  if (text === undefined) return NOT_FOUND;
  if (accept === "application/vnd.github.raw") return { status: 200, text };
  return json({ type: "file", encoding: "base64", content: Buffer.from(text).toString("base64") });
}

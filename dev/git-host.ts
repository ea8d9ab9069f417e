import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import { portOf } from "./ports.ts";

const Person = z.object({ name: z.string(), date: z.string() });
const Fixture = z.object({
  refs: z.record(z.string(), z.string()),
  annotated_tags_point_to: z.record(z.string(), z.string()).default({}),
  commits: z.array(
    z.object({
      hash: z.string(),
      parents: z.array(z.string()),
      author: Person,
      committer: Person,
      message: z.string(),
      tree: z.record(z.string(), z.string()),
    }),
  ),
});
type Fixture = z.infer<typeof Fixture>;
type Commit = Fixture["commits"][number];

export type GitHostOptions = {
  /** File of the repository: refs, and commits with their whole trees. */
  fixture: string;
  repository: string;
  /** A token that every request must bear. */
  token?: string;
};

export type GitHostStandIn = {
  /** Base URL without a final slash. */
  url: string;
  /** Paths that were asked for, and the statuses they were answered with. */
  requests: { path: string; status: number }[];
  stop(): Promise<void>;
};

/** A stand-in for GitLab's API over one recorded repository, with ETags. */
export async function startGitHost({ fixture, repository, token }: GitHostOptions): Promise<GitHostStandIn> {
  const recorded = Fixture.parse(JSON.parse(readFileSync(fixture, "utf8")));
  const requests: GitHostStandIn["requests"] = [];
  const server = createServer((request, response) => {
    const status = answer(request, response);
    requests.push({ path: request.url ?? "", status });
  });
  const answer = (request: IncomingMessage, response: ServerResponse): number => {
    if (token !== undefined && request.headers["private-token"] !== token) return send(response, 401, "{}");
    const url = new URL(request.url ?? "/", "http://git");
    const below = `/api/v4/projects/${encodeURIComponent(repository)}/repository/`;
    const found = url.pathname.startsWith(below)
      ? contentOf(recorded, url.pathname.slice(below.length), url)
      : undefined;
    if (found === undefined) return send(response, 404, JSON.stringify({ message: "404 Not Found" }));
    const etag = `"${createHash("sha256").update(found).digest("hex")}"`;
    response.setHeader("etag", etag);
    return request.headers["if-none-match"] === etag ? send(response, 304, "") : send(response, 200, found);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function send(response: ServerResponse, status: number, text: string): number {
  response.writeHead(status, { "content-type": "application/json" }).end(text);
  return status;
}

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

const shortName = (ref: string) => ref.replace(/^refs\/(?:heads|tags)\//, "");

function findCommit({ refs, annotated_tags_point_to: tags, commits }: Fixture, name: string): Commit | undefined {
  const ref = Object.entries({ ...refs, ...tags }).find(([one]) => one === name || shortName(one) === name)?.[1];
  return commits.find(({ hash }) => hash === (ref ?? name));
}

function branchesWith({ refs, commits }: Fixture, hash: string) {
  const holds = (tip: string | undefined): boolean =>
    tip !== undefined && (tip === hash || (commits.find((one) => one.hash === tip)?.parents ?? []).some(holds));
  return Object.entries(refs)
    .filter(([ref, tip]) => !ref.startsWith("refs/tags/") && holds(tip))
    .map(([ref]) => ({ type: "branch", name: shortName(ref) }));
}

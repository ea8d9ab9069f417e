import type { AppGate } from "./app-gate.ts";
import { logPage, page } from "./pages.ts";
import type { RecordedRepository } from "./recorded.ts";

/** What a request is answered with. */
export type Reply = {
  status: number;
  body?: unknown;
  /** In place of a body, as it stands. */
  text?: string;
  headers?: Record<string, string>;
};

/** What the stand-in stands in for. */
export type World = {
  repositories: RecordedRepository[];
  /** Former names, lower case, by the id they lead to. */
  formerNames: Map<string, number>;
  /** Ids of the deliveries that were asked for again. */
  redelivered: number[];
  app: AppGate | undefined;
  /** Items on a page of a delivery log at most. */
  logPerPage: number;
};

export const NOT_FOUND: Reply = { status: 404, body: { message: "Not Found", status: "404" } };

/** Answers a request by the recorded lists (contract sections 5 and 6). */
export function replyTo(method: string, url: URL, world: World): Reply {
  const [, kind = "", ...rest] = url.pathname.split("/");
  if (kind === "app") return appReply(method, rest, url, world);
  if (kind === "repositories") return below(repositoryById(Number(rest[0]), world), method, rest.slice(1), url, world);
  if (kind !== "repos") return NOT_FOUND;
  const name = `${rest[0]}/${rest[1]}`.toLowerCase();
  const moved = world.formerNames.get(name);
  if (moved !== undefined) {
    const location = `${url.origin}/repositories/${[moved, ...rest.slice(2)].join("/")}${url.search}`;
    return { status: 301, body: { message: "Moved Permanently", url: location }, headers: { location } };
  }
  const found = world.repositories.find(({ repo }) => repo.full_name.toLowerCase() === name);
  return below(found, method, rest.slice(2), url, world);
}

function repositoryById(id: number, world: World): RecordedRepository | undefined {
  return world.repositories.find(({ repo }) => repo.id === id);
}

function below(found: RecordedRepository | undefined, method: string, path: string[], url: URL, world: World): Reply {
  if (found === undefined) return NOT_FOUND;
  const [head = "", ...rest] = path;
  if (head === "hooks") return logReply(method, rest.slice(2), found, url, world);
  if (method !== "GET") return NOT_FOUND;
  if (path.length === 0) return { status: 200, body: found.repo };
  if (path.join("/") === "installation" && world.app !== undefined)
    return { status: 200, body: { id: world.app.installationId } };
  if (path.join("/") === "branches") return page(found.branches, url);
  if (path.join("/") === "commits") return commitPage(found, url);
  if (path.join("/") === "actions/workflows") return page(found.workflows, url, "workflows");
  if (path.join("/") === "actions/runs") return page(found.runs, url, "workflow_runs");
  if (head === "actions" && rest[0] === "runs") return runReply(found, rest.slice(1), url);
  return NOT_FOUND;
}

function commitPage({ commits }: RecordedRepository, url: URL): Reply {
  if (commits.length === 0) return { status: 409, body: { message: "Git Repository is empty.", status: "409" } };
  const since = url.searchParams.get("since");
  const dateOf = (sent: Record<string, unknown>) =>
    /"committer":\{[^{}]*"date":"([^"]+)"/.exec(JSON.stringify(sent))?.[1];
  const listed = commits.filter(({ commit }) => since === null || (dateOf({ commit }) ?? "") >= since);
  return page(listed, url);
}

function runReply({ runs, attempts, jobs }: RecordedRepository, [id = "", what, number]: string[], url: URL): Reply {
  const run = runs.find((one) => one.id === Number(id));
  if (run === undefined) return NOT_FOUND;
  if (what === undefined) return { status: 200, body: run };
  if (what === "attempts") {
    const attempt = Number(number) === run.run_attempt ? run : attempts[`${id}/${number}`];
    return attempt === undefined ? NOT_FOUND : { status: 200, body: attempt };
  }
  if (what !== "jobs") return NOT_FOUND;
  const known = jobs[id] ?? [];
  const all = url.searchParams.get("filter") === "all";
  return page(all ? known : known.filter((job) => job.run_attempt === run.run_attempt), url, "jobs");
}

function appReply(method: string, [what, ...rest]: string[], url: URL, world: World): Reply {
  const [repository] = world.repositories;
  if (world.app === undefined || repository === undefined) return NOT_FOUND;
  if (what === "installations" && method === "POST") return { status: 201, body: world.app.newToken() };
  if (what === "hook") return logReply(method, rest.slice(1), repository, url, world);
  return NOT_FOUND;
}

/** The log itself, or `<delivery id>/attempts`: the delivery is sent once more, and arrives. */
function logReply(method: string, [id, action]: string[], found: RecordedRepository, url: URL, world: World): Reply {
  if (method === "GET" && id === undefined) return logPage(found.deliveries, url, world.logPerPage);
  const item = found.deliveries.find((one) => one.id === Number(id));
  if (method !== "POST" || action !== "attempts" || item === undefined) return NOT_FOUND;
  world.redelivered.push(item.id);
  const newest = Math.max(...found.deliveries.map((one) => one.id));
  const again = {
    id: newest + 1,
    delivered_at: new Date().toISOString(),
    redelivery: true,
    status: "OK",
    status_code: 200,
  };
  found.deliveries.unshift({ ...item, ...again });
  return { status: 202, body: {} };
}

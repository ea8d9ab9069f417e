import type { AppGate } from "./app-gate.ts";
import { idText, logPage, page } from "./pages.ts";
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
  caps: ListCaps;
};

/** Runs of a list that may be paged through: of one without filters, and of one with. */
export type ListCaps = { whole: number; filtered: number };

export const NOT_FOUND: Reply = { status: 404, body: { message: "Not Found", status: "404" } };

/** Answers a request by the recorded lists (contract sections 5 and 6). */
export function replyTo(method: string, url: URL, world: World): Reply {
  const [, kind = "", ...rest] = url.pathname.split("/");
  if (kind === "app") return appReply(method, rest, url, world);
  if (kind === "repositories") return below(repositoryById(Number(rest[0]), world), method, rest.slice(1), url, world);
  if (kind !== "repos" && kind !== "orgs") return NOT_FOUND;
  if (kind === "orgs") return orgReply(method, rest.slice(1), url, world);
  const name = `${rest[0]}/${rest[1]}`.toLowerCase();
  const moved = world.formerNames.get(name);
  if (moved !== undefined) {
    const location = `${url.origin}/repositories/${[moved, ...rest.slice(2)].join("/")}${url.search}`;
    const status = method === "GET" ? 301 : 307;
    return { status, body: { message: "Moved Permanently", url: location }, headers: { location } };
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
  if (path.join("/") === "actions/runs") return runPage(found, url, world.caps);
  if (head === "branches") return branchReply(found, rest.map(decodeURIComponent).join("/"));
  if (head === "actions" && rest[0] === "runs") return runReply(found, rest.slice(1), url);
  return NOT_FOUND;
}

function branchReply({ branches }: RecordedRepository, name: string): Reply {
  const branch = branches.find((one) => one.name === name);
  return branch === undefined
    ? { ...NOT_FOUND, body: { message: "Branch not found", status: "404" } }
    : { status: 200, body: branch };
}

/** Runs, with `?created=*..<instant>`; GitHub refuses pages beyond a list's cap, and ends filtered lists there. */
function runPage({ runs }: RecordedRepository, url: URL, caps: ListCaps): Reply {
  const until = /^\*\.\.(.+)$/.exec(url.searchParams.get("created") ?? "")?.[1];
  const listed = until === undefined ? runs : runs.filter(({ created_at }) => String(created_at) <= until);
  const whole = page(listed, url, "workflow_runs");
  const perPage = Number(url.searchParams.get("per_page") ?? 30);
  if (until === undefined && Number(url.searchParams.get("page") ?? 1) * perPage > Math.max(perPage, caps.whole))
    return { status: 422, body: { message: "Pagination is limited for this resource.", status: "422" } };
  if (until === undefined) return whole;
  const cut = page(listed.slice(0, caps.filtered), url, "workflow_runs");
  return { ...cut, body: Object.assign({}, cut.body, { total_count: listed.length }) };
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
  const run = runs.find((one) => idText(one.id) === id);
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

/** A webhook of the organisation that the first repository belongs to; its log is the first repository's. */
function orgReply(method: string, [what, ...rest]: string[], url: URL, world: World): Reply {
  const [repository] = world.repositories;
  if (repository === undefined) return NOT_FOUND;
  if (what === "installation" && world.app !== undefined)
    return { status: 200, body: { id: world.app.installationId } };
  return what === "hooks" ? logReply(method, rest.slice(2), repository, url, world) : NOT_FOUND;
}

/** The log itself, or `<delivery id>/attempts`: the delivery is sent once more, and arrives. */
function logReply(method: string, [id, action]: string[], found: RecordedRepository, url: URL, world: World): Reply {
  if (method === "GET" && id === undefined) return logPage(found.deliveries, url, world.logPerPage);
  const item = found.deliveries.find((one) => idText(one.id) === id);
  if (method !== "POST" || action !== "attempts" || item === undefined) return NOT_FOUND;
  world.redelivered.push(item.id);
  const again = {
    id: Math.max(...found.deliveries.map((one) => Number(idText(one.id)))) + 1,
    delivered_at: new Date().toISOString(),
    redelivery: true,
    status: "OK",
    status_code: 200,
  };
  found.deliveries.unshift({ ...item, ...again });
  return { status: 202, body: {} };
}

import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { type AppGate, appGate } from "./github-rest/app-gate.ts";
import { Limits, type Misbehaviour } from "./github-rest/misbehaviour.ts";
import { type RecordedRepository, readRecorded } from "./github-rest/recorded.ts";
import { type ListCaps, type Reply, replyTo, type World } from "./github-rest/routes.ts";
import { portOf } from "./ports.ts";

/** What GitHub says at a secondary limit; a 403 with other words is no limit. */
const REFUSED = "You have exceeded a secondary rate limit";

export type GithubRestOptions = {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number;
  /** Folder of recorded repositories. */
  folder?: string;
  /** A token every request must bear. */
  token?: string;
  /** The app that may ask instead, and the public half of its key. */
  app?: { id: string; publicKey: string };
  /** API addresses inside answers: this server's own as GitHub's would be, or as recorded. */
  addresses?: "own" | "recorded";
  /** Items on a page of a delivery log at most, 100 when not given. */
  logPerPage?: number;
};

/** A request that came, in the order of arrival. */
export type SeenRequest = { method: string; path: string; status: number };

export type GithubRest = {
  /** Base of the API, without a final slash. */
  url: string;
  /** What it serves; tests may change it. */
  repositories: RecordedRepository[];
  formerNames: Map<string, number>;
  /** How far lists of runs may be paged through; tests may change it. */
  caps: ListCaps;
  app: AppGate | undefined;
  requests: SeenRequest[];
  /** Ids of the deliveries that were asked for again. */
  redelivered: number[];
  misbehave(how: Misbehaviour): void;
  /** Awaited before each answer. */
  onRequest: (path: string, headers: IncomingHttpHeaders) => void | Promise<void>;
  /** What a request is answered with instead, when anything. */
  refuse: (path: string) => Reply | undefined;
  stop(): Promise<void>;
};

/** A stand-in for GitHub's REST API over recorded lists: pages, ETags, rate limits, and misbehaviour on demand. */
export async function startGithubRest(options: GithubRestOptions = {}): Promise<GithubRest> {
  const limits = new Limits();
  const world: World = {
    repositories: readRecorded(options.folder),
    formerNames: new Map([["iree-org/old-name", 700100200]]),
    redelivered: [],
    app: options.app === undefined ? undefined : appGate(options.app.id, options.app.publicKey),
    logPerPage: options.logPerPage ?? 100,
    caps: { whole: 40_000, filtered: 1_000 },
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen({ port: options.port ?? 0, host: "127.0.0.1" });
  await once(server, "listening");
  const url = `http://127.0.0.1:${portOf(server)}`;
  const rest: GithubRest = {
    url,
    ...world,
    requests: [],
    misbehave: (how) => {
      limits.misbehaviour = how;
    },
    onRequest() {},
    refuse: () => undefined,
    async stop() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url: path = "/" } = request;
    const seen: SeenRequest = { method, path, status: 0 };
    rest.requests.push(seen);
    await rest.onRequest(path, request.headers);
    const fate = limits.next();
    const usual = () => rest.refuse(path) ?? usualReply(request, method, path);
    const reply: Reply = fate.is === "refuse" ? { ...fate, body: { message: REFUSED } } : usual();
    const text = reply.text ?? bodyText(reply.body);
    const etag = `W/"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
    const isKnown = reply.status === 200 && request.headers["if-none-match"] === etag;
    if (fate.is !== "refuse" && !isKnown) limits.use();
    seen.status = isKnown ? 304 : reply.status;
    const tagged = reply.status === 200 ? { etag } : {};
    response.writeHead(seen.status, {
      "content-type": "application/json; charset=utf-8",
      ...limits.headers(),
      ...tagged,
      ...reply.headers,
      ...(isKnown ? {} : { "content-length": String(Buffer.byteLength(text)) }),
    });
    if (isKnown) response.end();
    else if (fate.is !== "cut") response.end(text);
    else response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  }

  function usualReply(request: IncomingMessage, method: string, path: string): Reply {
    const asked = new URL(path, url);
    const authorization = request.headers.authorization ?? "";
    const { token } = options;
    const isKnown = token === undefined || authorization.split(" ")[1] === token;
    const isIn = world.app === undefined ? isKnown : world.app.admits(asked.pathname, authorization);
    if (!isIn) return { status: 401, body: { message: "Bad credentials", status: "401" } };
    return replyTo(method, asked, world);
  }

  function bodyText(body: unknown): string {
    const text = JSON.stringify(body ?? {});
    return options.addresses === "recorded" ? text : text.replaceAll("https://api.github.com", url);
  }

  return rest;
}

if (import.meta.main) {
  const { url } = await startGithubRest({ port: Number(process.env.GITHUB_REST_PORT ?? 8788) });
  console.log(`A stand-in for GitHub's REST API answers at ${url}: GITHUB_API_URL=${url}`);
}

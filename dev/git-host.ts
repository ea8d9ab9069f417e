import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Fixture } from "./git-host/fixture.ts";
import { github } from "./git-host/github.ts";
import { gitlab } from "./git-host/gitlab.ts";
import type { Answer } from "./git-host/speaks.ts";
import { portOf } from "./ports.ts";

export type GitHostOptions = {
  /** File of the repository: refs, and commits with their whole trees. */
  fixture: string;
  repository: string;
  /** A token that every request must bear. */
  token?: string;
  /** Whose API it speaks; GitLab's unless said. */
  kind?: "gitlab" | "github";
};

export type GitHostStandIn = {
  /** Base URL without a final slash. */
  url: string;
  /** Paths that were asked for, and the statuses they were answered with. */
  requests: { path: string; status: number }[];
  /** Refuses what comes from here on, as GitHub does when a limit is used up; undefined answers again. */
  refuse(answer: { status: number; headers: Record<string, string> } | undefined): void;
  stop(): Promise<void>;
};

/** A stand-in for the API of GitLab or GitHub over one recorded repository, with ETags. */
export async function startGitHost({ fixture, repository, token, kind }: GitHostOptions): Promise<GitHostStandIn> {
  const recorded = Fixture.parse(JSON.parse(readFileSync(fixture, "utf8")));
  const { isAuthorized, answer } = kind === "github" ? github : gitlab;
  const requests: GitHostStandIn["requests"] = [];
  let refusal: { status: number; headers: Record<string, string> } | undefined;
  const server = createServer((request, response) => {
    const status = respond(request, response);
    requests.push({ path: request.url ?? "", status });
  });
  const respond = (request: IncomingMessage, response: ServerResponse): number => {
    if (refusal !== undefined) return send(response, refusal.status, "{}", refusal.headers);
    if (token !== undefined && !isAuthorized(request.headers, token)) return send(response, 401, "{}");
    const url = new URL(request.url ?? "/", "http://git");
    const { status, text, headers } = answer(recorded, repository, url, request.headers);
    if (status !== 200) return send(response, status, text, headers);
    const etag = `"${createHash("sha256").update(text).digest("hex")}"`;
    const isKnown = request.headers["if-none-match"] === etag;
    return send(response, isKnown ? 304 : 200, isKnown ? "" : text, { ...headers, etag });
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    refuse(answer) {
      refusal = answer;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function send(response: ServerResponse, status: number, text: string, headers: Answer["headers"] = {}): number {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  return status;
}

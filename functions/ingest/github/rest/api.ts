import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import * as z from "zod";
import { parseExactJson } from "../../../json-text/exact-json.ts";
import { type Answer, type ListAnswer, parseAnswer, type Received, unwrapList } from "./answer.ts";
import type { Fetch } from "./outbound-fetch.ts";
import { GithubRefusal, nonsense, refusalOf } from "./refusal.ts";

export type { Answer, ListAnswer } from "./answer.ts";

/** GitHub's REST API as one repository or app may use it, one request at a time. All throw GithubRefusal. */
export interface GithubApi {
  /** Reads one object, by a path below the API's base or a whole address. */
  get(url: string): Promise<Answer>;
  /** Reads one page of a list, bare as an array whatever GitHub wraps it in; "unchanged" when the etag still holds. */
  list(url: string, etag?: string): Promise<ListAnswer | "unchanged">;
  /** Asks for something to be done. */
  post(url: string): Promise<void>;
  /** The same API, telling of each request that goes out, second tries included. */
  counted(onRequest: () => void): GithubApi;
}

const HEADERS = { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" };
const Status = z.looseObject({ status: z.number() });

/** octokit with what it needs for hiccups. */
export const Client = Octokit.plugin(retry);

/** The API behind an octokit, which signs the requests; each goes out by `send`. */
export function githubApi(octokit: InstanceType<typeof Client>, send: Fetch): GithubApi {
  const ask = octokit.request.defaults({ headers: HEADERS, request: { fetch: send } });
  // Bodies are parsed here: octokit rounds fractions, and makes a bigint of what JSON.stringify then refuses. Not among the
  // defaults, which hold for the requests of its authentication too.
  const unparsed = { fetch: send, parseSuccessResponseBody: false };
  const read = async (url: string, headers: Record<string, string>): Promise<Received> => {
    const answer = await ask({ method: "GET", url, headers, request: unparsed });
    return { value: parseBody(await new Response(answer.data).text()), headers: answer.headers };
  };
  return {
    async get(url) {
      try {
        return parseAnswer(await read(url, {}));
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async list(url, etag) {
      try {
        return unwrapList(parseAnswer(await read(url, etag === undefined ? {} : { "if-none-match": etag })));
      } catch (error) {
        if (etag !== undefined && Status.safeParse(error).data?.status === 304) return "unchanged";
        throw refusalOf(error);
      }
    },
    async post(url) {
      try {
        // Whether the first try was heard is not known: not asked past a hiccup.
        const { status } = await ask({ method: "POST", url, request: { ...unparsed, retries: 0 } });
        if (status >= 300) throw new GithubRefusal({ is: "refused" }, `GitHub answered ${status}`, status);
      } catch (error) {
        throw refusalOf(error);
      }
    },
    counted: (onRequest) =>
      githubApi(octokit, (url, init) => {
        onRequest();
        return send(url, init);
      }),
  };
}

/** A cut or foreign answer must never pass for an empty one. */
function parseBody(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    throw nonsense("the answer is no JSON");
  }
}

/** The API for one turn of work: counts what is asked, and asks no further once the primary limit is used up. */
export type TurnApi = Pick<GithubApi, "get" | "list"> & {
  readonly requests: number;
  /** Seconds until more may be asked; 0 when it may at once. */
  readonly pauseSeconds: number;
};

/** Wraps an API for one turn. */
export function forOneTurn(api: GithubApi): TurnApi {
  let requests = 0;
  let pauseSeconds = 0;
  const counted = api.counted(() => {
    requests += 1;
  });
  const asLongAsAllowed = async <T extends Answer | "unchanged">(ask: () => Promise<T>): Promise<T> => {
    if (pauseSeconds > 0)
      throw new GithubRefusal({ is: "limited", seconds: pauseSeconds }, "the rate limit is used up");
    const answer = await ask();
    if (answer !== "unchanged") pauseSeconds = answer.pauseSeconds;
    return answer;
  };
  return {
    get requests() {
      return requests;
    },
    get pauseSeconds() {
      return pauseSeconds;
    },
    get: (url) => asLongAsAllowed(() => counted.get(url)),
    list: (url, etag) => asLongAsAllowed(() => counted.list(url, etag)),
  };
}

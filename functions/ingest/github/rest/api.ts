import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import * as z from "zod";
import type { Fetch } from "./outbound-fetch.ts";
import { GithubRefusal, isUsedUp, nonsense, refusalOf, secondsUntilReset } from "./refusal.ts";

/** One answer: the value, and what its headers say. */
export type Answer = {
  value: unknown;
  etag: string | undefined;
  /** Address of the page that follows. */
  next: string | undefined;
  /** Seconds to wait before the next request, because this one used up the primary limit; else 0. */
  pauseSeconds: number;
};

/** GitHub's REST API as one repository or app may use it, one request at a time. All throw GithubRefusal. */
export interface GithubApi {
  /** Reads one object, by a path below the API's base or a whole address. */
  get(url: string): Promise<Answer>;
  /** Reads one page of a list, bare as an array whatever GitHub wraps it in; "unchanged" when the etag still holds. */
  list(url: string, etag?: string): Promise<Answer | "unchanged">;
  /** Asks for something to be done. */
  post(url: string): Promise<void>;
  /** The same API, telling of each request that goes out, second tries included. */
  counted(onRequest: () => void): GithubApi;
}

const HEADERS = { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" };
const Status = z.looseObject({ status: z.number() });

/** octokit with what it needs for lists and for hiccups. */
export const Client = Octokit.plugin(paginateRest, retry);

/** The API behind an octokit, which signs the requests; each goes out by `send`. */
export function githubApi(octokit: InstanceType<typeof Client>, send: Fetch): GithubApi {
  const ask = octokit.request.defaults({ headers: HEADERS, request: { fetch: send } });
  return {
    async get(url) {
      try {
        return answerOf(await ask({ method: "GET", url }));
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async list(url, etag) {
      const headers = etag === undefined ? {} : { "if-none-match": etag };
      try {
        const page = ask.defaults({ method: "GET", url, headers });
        for await (const { data, headers: sent } of octokit.paginate.iterator(page))
          return answerOf({ data, headers: sent });
        throw nonsense("there is no page");
      } catch (error) {
        if (etag !== undefined && Status.safeParse(error).data?.status === 304) return "unchanged";
        throw refusalOf(error);
      }
    },
    async post(url) {
      try {
        // Whether the first try was heard is not known: not asked past a hiccup.
        await ask({ method: "POST", url, request: { fetch: send, retries: 0 } });
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

type Received = { data: unknown; headers: { etag?: string; link?: string; [name: string]: unknown } };

function answerOf({ data, headers }: Received): Answer {
  return {
    value: data,
    etag: headers.etag,
    // The `next` of a Link header (RFC 8288); octokit follows it only within one call.
    next: /<([^<>]+)>;\s*rel="next"/.exec(headers.link ?? "")?.[1],
    pauseSeconds: isUsedUp(headers) ? (secondsUntilReset(headers) ?? 60) : 0,
  };
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

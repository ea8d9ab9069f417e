import type { Octokit } from "@octokit/core";
import * as z from "zod";
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

/** GitHub's REST API as one repository or app may use it, one request at a time. */
export interface GithubApi {
  /** Reads a path below the API's base, or a whole address; "unchanged" when the etag still holds. Throws GithubRefusal. */
  get(url: string, etag?: string): Promise<Answer | "unchanged">;
  /** Asks for something to be done. Throws GithubRefusal. */
  post(url: string): Promise<void>;
}

const HEADERS = { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" };
const Status = z.looseObject({ status: z.number() });

/** The API behind an octokit, which signs the requests. */
export function githubApi(octokit: Octokit): GithubApi {
  return {
    async get(url, etag) {
      const headers = { ...HEADERS, ...(etag === undefined ? {} : { "if-none-match": etag }) };
      try {
        const answer = await octokit.request({ method: "GET", url, headers });
        // A cut or foreign answer arrives as text; an empty one must never pass for an empty list.
        if (typeof answer.data !== "object" || answer.data === null) throw nonsense("the answer is no JSON");
        return {
          value: answer.data,
          etag: answer.headers.etag,
          next: nextPage(answer.headers.link),
          pauseSeconds: isUsedUp(answer.headers) ? (secondsUntilReset(answer.headers) ?? 60) : 0,
        };
      } catch (error) {
        if (etag !== undefined && Status.safeParse(error).data?.status === 304) return "unchanged";
        throw refusalOf(error);
      }
    },
    async post(url) {
      try {
        await octokit.request({ method: "POST", url, headers: HEADERS });
      } catch (error) {
        throw refusalOf(error);
      }
    },
  };
}

/** The `next` of a Link header (RFC 8288). */
function nextPage(link: string | undefined): string | undefined {
  return /<([^<>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
}

/** The API for one turn of work: counts what is asked, and asks no further once the primary limit is used up. */
export type TurnApi = GithubApi & {
  readonly requests: number;
  /** Seconds until more may be asked; 0 when it may at once. */
  readonly pauseSeconds: number;
};

/** Wraps an API for one turn. */
export function forOneTurn(api: GithubApi): TurnApi {
  let requests = 0;
  let pauseSeconds = 0;
  const count = () => {
    if (pauseSeconds > 0)
      throw new GithubRefusal({ is: "limited", seconds: pauseSeconds }, "the rate limit is used up");
    requests += 1;
  };
  return {
    get requests() {
      return requests;
    },
    get pauseSeconds() {
      return pauseSeconds;
    },
    async get(url, etag) {
      count();
      const answer = await api.get(url, etag);
      if (answer !== "unchanged") pauseSeconds = answer.pauseSeconds;
      return answer;
    },
    async post(url) {
      count();
      await api.post(url);
    },
  };
}

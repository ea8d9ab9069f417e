import { isJsonObject } from "../../../json-text/json-object.ts";
import { isUsedUp, nonsense, secondsUntilReset } from "./refusal.ts";

/** One answer: the value, and what its headers say. */
export type Answer = {
  value: unknown;
  etag: string | undefined;
  /** Addresses of the pages after and before this one. */
  next: string | undefined;
  prev: string | undefined;
  /** Seconds to wait before the next request, because this one used up the primary limit; else 0. */
  pauseSeconds: number;
};

/** A page of a list, and how many elements GitHub counts in the whole list; undefined where it does not count. */
export type ListAnswer = Answer & { value: unknown[]; total: number | undefined };

/** What came over the wire, parsed. */
export type Received = { value: unknown; headers: { etag?: string; link?: string; [name: string]: unknown } };

/** Addresses in a Link header (RFC 8288). */
const NEXT = /<([^<>]+)>;\s*rel="next"/;
const PREV = /<([^<>]+)>;\s*rel="prev"/;

/** The answer with what its headers say. */
export function parseAnswer({ value, headers }: Received): Answer {
  return {
    value,
    etag: headers.etag,
    next: NEXT.exec(headers.link ?? "")?.[1],
    prev: PREV.exec(headers.link ?? "")?.[1],
    pauseSeconds: isUsedUp(headers) ? (secondsUntilReset(headers) ?? 60) : 0,
  };
}

/** GitHub wraps lists of Actions as `{"total_count": n, "<name>": […]}`. Throws GithubRefusal when there is no list. */
export function unwrapList(answer: Answer): ListAnswer {
  const { value } = answer;
  if (Array.isArray(value)) return { ...answer, value, total: undefined };
  const [list, ...others] = isJsonObject(value) ? Object.values(value).filter(Array.isArray) : [];
  if (list === undefined || others.length > 0 || !isJsonObject(value)) throw nonsense("the answer is no list");
  const { total_count: total } = value;
  return { ...answer, value: list, total: typeof total === "number" ? total : undefined };
}

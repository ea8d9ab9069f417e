import * as z from "zod";

/** Why GitHub did not give what was asked for (contract section 5). */
export type Why =
  /** A rate limit; `seconds` until it may be asked again, undefined when GitHub does not say. */
  | { is: "limited"; seconds: number | undefined }
  /** Its servers or the network failed, or the answer made no sense: may pass. */
  | { is: "fault"; seconds: number | undefined }
  /** 404, 410, 451. */
  | { is: "absent" }
  /** Asking again is of no use. */
  | { is: "refused" };

/** Raised for every answer that is none; the message never holds a header or a token. */
export class GithubRefusal extends Error {
  override name = "GithubRefusal";
  readonly why: Why;
  /** HTTP status, when GitHub answered at all. */
  readonly status: number | undefined;
  constructor(why: Why, message: string, status?: number) {
    super(message);
    this.why = why;
    this.status = status;
  }
}

/** An answer that can't be what GitHub meant to send. */
export const nonsense = (what: string) => new GithubRefusal({ is: "fault", seconds: undefined }, what);

/** What octokit throws, as far as we look at it. */
const RequestError = z.looseObject({
  status: z.number(),
  message: z.string(),
  response: z.looseObject({ headers: z.record(z.string(), z.unknown()) }).optional(),
});

/**
 * 403 is an answer to both, too many requests and a caller who may not ask (too few rights, an IP allow list, SAML);
 * without headers only these words tell of the former.
 */
const LIMIT_WORDS = /rate limit|abuse detection|too many requests/i;

/** What an error of a request means. */
export function refusalOf(error: unknown): GithubRefusal {
  if (error instanceof GithubRefusal) return error;
  // octokit wraps what its fetch throws.
  if (error instanceof Error && error.cause instanceof GithubRefusal) return error.cause;
  const parsed = RequestError.safeParse(error);
  if (!parsed.success) return nonsense(error instanceof Error ? error.message : String(error));
  const { status, response } = parsed.data;
  const said = parsed.data.message.slice(0, 300);
  // Without a response it is octokit's name for a broken connection.
  if (response === undefined) return nonsense(said);
  return new GithubRefusal(whyOf(status, said, response.headers), `GitHub answered ${status}: ${said}`, status);
}

function whyOf(status: number, message: string, headers: Record<string, unknown>): Why {
  const retryAfter = secondsOf(headers["retry-after"]);
  if (status === 429 || status === 403) {
    if (retryAfter !== undefined) return { is: "limited", seconds: retryAfter };
    if (isUsedUp(headers)) return { is: "limited", seconds: secondsUntilReset(headers) };
    if (status === 429 || LIMIT_WORDS.test(message)) return { is: "limited", seconds: undefined };
    return { is: "refused" };
  }
  if (status >= 500 || status === 408) return { is: "fault", seconds: retryAfter };
  if (status === 404 || status === 410 || status === 451) return { is: "absent" };
  return { is: "refused" };
}

/** Whether an answer says that the primary limit is used up. */
export function isUsedUp(headers: Record<string, unknown>): boolean {
  return secondsOf(headers["x-ratelimit-remaining"]) === 0;
}

/** Seconds from an answer until the primary limit is reset; reckoned by the sender's own clock where it tells it. */
export function secondsUntilReset(headers: Record<string, unknown>): number | undefined {
  const reset = secondsOf(headers["x-ratelimit-reset"]);
  if (reset === undefined) return undefined;
  const sentMs = Date.parse(String(headers.date));
  const nowSeconds = Math.floor((Number.isNaN(sentMs) ? Date.now() : sentMs) / 1_000);
  return Math.max(1, reset - nowSeconds + 1);
}

function secondsOf(header: unknown): number | undefined {
  return typeof header === "string" && /^\d{1,12}$/.test(header.trim()) ? Number(header) : undefined;
}

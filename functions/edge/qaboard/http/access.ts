import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { asBearer, bearsToken } from "../../http/bearer.ts";
import type { Access } from "../../http/route.ts";
import { answerError } from "./errors.ts";

/** Names of the security schemes in the OpenAPI document. */
export const READ_SCHEME = "qaboardRead";
export const WRITE_SCHEME = "qaboardWrite";

/** For the contracts of routes that read, and of those that write. */
export const READ = [{ [READ_SCHEME]: [] }];
export const WRITE = [{ [WRITE_SCHEME]: [] }];

/** Whoever bears a token for reading or writing; everyone while no token for reading is set. */
export const reader: Access = {
  name: "reader",
  grant: (c) => {
    const { QABOARD_READ_TOKEN_SHA256: reads, QABOARD_WRITE_TOKEN_SHA256: writes } = c.env.config;
    return reads.length === 0 || bears(c, [...reads, ...writes]) ? {} : refuse(c);
  },
};

/** Whoever bears a token for writing; everyone while none is set. */
export const writer: Access = {
  name: "writer",
  grant: (c) => {
    const sums = c.env.config.QABOARD_WRITE_TOKEN_SHA256;
    return sums.length === 0 || bears(c, sums) ? {} : refuse(c);
  },
};

/** Python's `requests` sends what `~/.netrc` holds for a host as Basic authentication: the password is the token. */
function bears(c: Context<Env>, sums: readonly string[]): boolean {
  return bearsToken(asBearer(c.req.header("authorization")), sums);
}

function refuse(c: Context<Env>): Response {
  c.header("www-authenticate", 'Bearer realm="qaboard"');
  return answerError(c, 401, "This needs a token: as a bearer's, or as the password of Basic authentication.");
}

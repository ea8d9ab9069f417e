import type { Context } from "hono";
import { findUser } from "../../../../db/queries/qaboard/users.ts";
import type { Env } from "../../env.ts";
import { asBearer, bearsToken } from "../../http/bearer.ts";
import type { Access } from "../../http/route.ts";
import { answerError } from "./errors.ts";
import { findSessionUser } from "./session.ts";

/** Names of the security schemes in the OpenAPI document. */
export const READ_SCHEME = "qaboardRead";
export const WRITE_SCHEME = "qaboardWrite";

/** For the contracts of routes that read, and of those that write; without tokens in the settings none is needed. */
export const READ = [{}, { [READ_SCHEME]: [] }];
export const WRITE = [{}, { [WRITE_SCHEME]: [] }];

/** Whoever bears a token for reading or writing, or is logged in; everyone while no token for reading is set. */
export const reader: Access = {
  name: "reader",
  grant: async (c) => ((await isQaboardReader(c)) ? {} : refuse(c)),
};

/** Whether the caller is a `reader`. */
export async function isQaboardReader(c: Context<Env>): Promise<boolean> {
  const { QABOARD_READ_TOKEN_SHA256: reads, QABOARD_WRITE_TOKEN_SHA256: writes } = c.env.config;
  return reads.length === 0 || bears(c, [...reads, ...writes]) || (await isLoggedIn(c));
}

/** Whoever bears a token for writing, or is logged in; everyone while none is set. */
export const writer: Access = {
  name: "writer",
  grant: async (c) => {
    const sums = c.env.config.QABOARD_WRITE_TOKEN_SHA256;
    return sums.length === 0 || bears(c, sums) || (await isLoggedIn(c)) ? {} : refuse(c);
  },
};

/** Whoever may make accounts, which open what is restricted: writers where writing is, else readers where reading is. */
export const accountMaker: Access = {
  name: "accountMaker",
  grant: (c) => {
    const { QABOARD_READ_TOKEN_SHA256: reads, QABOARD_WRITE_TOKEN_SHA256: writes } = c.env.config;
    const sums = writes.length > 0 ? writes : reads;
    return sums.length === 0 || bears(c, sums) ? {} : refuse(c);
  },
};

/** The web application has a session in place of a token. */
async function isLoggedIn(c: Context<Env>): Promise<boolean> {
  const id = await findSessionUser(c);
  return id !== undefined && (await findUser(c.env.db, id)) !== undefined;
}

/** Python's `requests` sends what `~/.netrc` holds for a host as Basic authentication: the password is the token. */
function bears(c: Context<Env>, sums: readonly string[]): boolean {
  return bearsToken(asBearer(c.req.header("authorization")), sums);
}

function refuse(c: Context<Env>): Response {
  c.header("www-authenticate", 'Bearer realm="qaboard"');
  return answerError(c, 401, "This needs a token: as a bearer's, or as the password of Basic authentication.");
}

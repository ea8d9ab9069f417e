import { unauthenticated } from "../errors.ts";

/** The token of an Authorization header, whose first word is case-sensitive; throws a Refusal (contract section 2.1). */
export function bearerOf(authorization: string | undefined): string {
  if (authorization === undefined) throw unauthenticated("No authorization header");
  const [, token] = /^Bearer (.+)$/.exec(authorization) ?? [];
  if (token === undefined) throw unauthenticated("No bearer token in authorization header");
  return token;
}

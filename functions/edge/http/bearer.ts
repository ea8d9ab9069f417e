import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether an Authorization header bears a token whose SHA-256 (hex) is in the list. Every sum is compared in constant
 * time, so that neither the token nor its place in the list shows.
 */
export function bearsToken(authorization: string | undefined, sums: readonly string[]): boolean {
  const token = /^Bearer +([^\s]+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) return false;
  const given = createHash("sha256").update(token).digest();
  let known = false;
  for (const sum of sums) known = timingSafeEqual(given, Buffer.from(sum, "hex")) || known;
  return known;
}

/** An Authorization header as a bearer's, where clients send the token as `token`, or as the password of Basic authentication. */
export function asBearer(header: string | undefined): string | undefined {
  const [, scheme = "", credentials = ""] = /^(token|basic) +(\S+)$/i.exec(header ?? "") ?? [];
  if (scheme === "") return header;
  if (scheme.toLowerCase() === "token") return `Bearer ${credentials}`;
  return `Bearer ${Buffer.from(credentials, "base64").toString("utf8").split(":").slice(1).join(":")}`;
}

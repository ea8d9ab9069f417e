import { createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importPKCS8, type JWK, SignJWT } from "jose";
import * as z from "zod";
import { openDataFolder } from "./data-folder.ts";

/** Whoever a token is minted for; what is missing is missing in the user info too. */
export const LocalIdentity = z.strictObject({
  sub: z.string().min(1),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  entitlements: z.array(z.string()).optional(),
  /** Seconds the token holds, a day unless given; negative: it has expired. */
  ttl: z.number().optional(),
  /** The signature does not fit. */
  tampered: z.boolean().optional(),
});
export type LocalIdentity = z.infer<typeof LocalIdentity>;

/** Makes its registered bearer an admin of /eosc-perf in the embedded stack. */
export const ADMIN_ENTITLEMENT = "urn:example:perf:admins";

/** People that are there for the asking: `npm run -s token -- user`. */
export const PEOPLE: Readonly<Record<string, LocalIdentity>> = {
  user: { sub: "user", email: "user@example.org", email_verified: true },
  other: { sub: "other", email: "other@example.org", email_verified: true },
  admin: { sub: "admin", email: "admin@example.org", email_verified: true, entitlements: [ADMIN_ENTITLEMENT] },
  submit: { sub: "submit", email: "submit@example.org", email_verified: true },
};

/** Claim of a token that holds the user info its bearer has; readers of tokens have no use for it. */
export const USER_INFO_CLAIM = "local_user_info";

export const ALGORITHM = "RS256";
const DAY_SECONDS = 86_400;
const KEY_FILE = "issuer-key.pem";

/** The private key of a data folder's issuer (PEM, PKCS #8), made at first use and the same ever after. */
export function openIssuerKey(dataDir: string): string {
  openDataFolder(dataDir);
  const file = join(dataDir, KEY_FILE);
  if (existsSync(file)) return readFileSync(file, "utf8");
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeFileSync(`${file}.new`, privateKey, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return privateKey;
}

/** Name of the key in tokens and in the issuer's key set. */
export const keyId = ({ n = "" }: JWK) => n.slice(0, 16);

/** A token of the embedded issuer, signed by the key in the data folder. The issuer need not run. */
export async function mintToken(dataDir: string, issuer: string, identity: LocalIdentity): Promise<string> {
  const { sub, email, email_verified, entitlements, ttl = DAY_SECONDS, tampered } = identity;
  const pem = openIssuerKey(dataDir);
  const kid = keyId(createPublicKey(pem).export({ format: "jwk" }));
  const now = Math.floor(Date.now() / 1_000);
  const userInfo = { sub, email, email_verified, eduperson_entitlement: entitlements };
  const token = await new SignJWT({ [USER_INFO_CLAIM]: userInfo })
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: "JWT" })
    .setIssuer(issuer)
    .setSubject(sub)
    .setJti(randomUUID())
    .setIssuedAt(Math.min(now, now + ttl - 1))
    .setExpirationTime(now + ttl)
    .sign(await importPKCS8(pem, ALGORITHM));
  if (tampered !== true) return token;
  const [head = "", claims = "", signature = ""] = token.split(".");
  const middle = Math.floor(signature.length / 2);
  const other = signature[middle] === "A" ? "B" : "A";
  return `${head}.${claims}.${signature.slice(0, middle)}${other}${signature.slice(middle + 1)}`;
}

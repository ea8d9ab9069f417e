import type { Context } from "hono";
import { errors, jwtVerify } from "jose";
import type { Env } from "../../env.ts";
import { submitError } from "./submit-answers.ts";

/** Name of the security scheme of the submit service in the OpenAPI document. */
export const SUBMITTER_SCHEME = "kernelciSubmitter";

/** Who submits, or why that is not known. */
export type Submitter = { known: true; origin: string } | { known: false; reason: string };

/** Seconds that a token counts beyond its end. */
const LEEWAY_SECONDS = 60;

/**
 * Who sent a request (contract part 02, Auth): the second word of the Authorization header is a JWT, signed by HS256 with
 * either secret, with the claims `origin` and `exp`. While neither is set, `KERNELCI_UNSIGNED`
 * says whether everyone is let in, as "none", or nobody.
 */
export async function submitterOf(c: Context<Env>): Promise<Submitter> {
  const { KERNELCI_JWT_SECRET, KERNELCI_UNIFIED_SECRET, KERNELCI_UNSIGNED } = c.env.config;
  const secrets = [KERNELCI_JWT_SECRET, KERNELCI_UNIFIED_SECRET].filter((secret) => secret !== "");
  if (secrets.length === 0 && KERNELCI_UNSIGNED === "accept") return { known: true, origin: "none" };
  const header = c.req.header("authorization");
  if (header === undefined) return { known: false, reason: "JWT is required" };
  if (!/^[\x20-\x7e\t]*$/.test(header)) return { known: false, reason: "Missing or invalid JWT" };
  const token = header.split(" ")[1];
  if (token === undefined) return { known: false, reason: "Missing or invalid JWT (Bearer)" };
  let first: Submitter | undefined;
  for (const secret of secrets) {
    const submitter = await verified(token, secret);
    if (submitter.known) return submitter;
    first ??= submitter;
  }
  return first ?? { known: false, reason: "JWT is required" };
}

async function verified(token: string, secret: string): Promise<Submitter> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ["HS256"],
      clockTolerance: LEEWAY_SECONDS,
      requiredClaims: ["exp", "origin"],
    });
    const { origin } = payload;
    return typeof origin === "string" ? { known: true, origin } : { known: false, reason: "InvalidToken" };
  } catch (error) {
    return { known: false, reason: reasonOf(error) };
  }
}

/** The words that senders know from the service of today. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "ExpiredSignature";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "InvalidSignature";
  if (error instanceof errors.JOSEAlgNotAllowed) return "InvalidAlgorithm";
  if (error instanceof errors.JWTClaimValidationFailed && error.reason === "missing")
    return `Missing required claim: ${error.claim}`;
  return "InvalidToken";
}

/** Answers a request whose sender is not known. */
export function refuseSubmitter(c: Context<Env>, reason: string): Response {
  c.header("www-authenticate", 'Bearer realm="kernelci"');
  return submitError(c, 401, reason);
}

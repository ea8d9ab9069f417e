import { createPublicKey, randomBytes, verify } from "node:crypto";

/** Who may ask the stand-in when it plays a GitHub App's installation. */
export type AppGate = {
  installationId: number;
  /** The answer of `POST /app/installations/{id}/access_tokens`. */
  newToken(): { token: string; expires_at: string; permissions: object; repository_selection: string };
  /** Every token given out. */
  tokens: Set<string>;
  /** Whether a request to this path bears what it must: the app's own signature, or one of its tokens. */
  admits(pathname: string, authorization: string): boolean;
};

/** The gate of one app, by the public half of its key (PEM). */
export function appGate(appId: string, publicKeyPem: string): AppGate {
  const key = createPublicKey(publicKeyPem);
  const tokens = new Set<string>();
  const isApp = (jwt: string) => {
    const [head = "", claims = "", signature = ""] = jwt.split(".");
    const { iss } = JSON.parse(Buffer.from(claims, "base64url").toString() || "{}");
    const signed = Buffer.from(`${head}.${claims}`);
    return String(iss) === appId && verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"));
  };
  return {
    installationId: 77_001,
    tokens,
    newToken() {
      const token = `ghs_${randomBytes(18).toString("hex")}`;
      tokens.add(token);
      const expires_at = new Date(Date.now() + 3_600_000).toISOString();
      return { token, expires_at, permissions: { actions: "read" }, repository_selection: "all" };
    },
    admits(pathname, authorization) {
      const [scheme = "", credentials = ""] = authorization.split(" ");
      const isForApp = pathname.startsWith("/app/") || pathname.endsWith("/installation");
      return isForApp ? scheme.toLowerCase() === "bearer" && isApp(credentials) : tokens.has(credentials);
    },
  };
}

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { exportJWK, type JWK, SignJWT } from "jose";
import { onTestFinished } from "vitest";
import { portOf } from "../../dev/ports.ts";

type Answer = { status?: number; body: unknown; afterMs?: number };

/** An issuer that a test bends as it likes; it counts what it is asked. */
export async function stubIssuer() {
  const asked: string[] = [];
  const answers = new Map<string, Answer>();
  const server = createServer((request, answer) => {
    const path = request.url ?? "";
    asked.push(path);
    const { status = 200, body, afterMs = 0 } = answers.get(path) ?? { status: 404, body: {} };
    setTimeout(() => {
      answer.writeHead(status, { "content-type": "application/json" });
      answer.end(typeof body === "string" ? body : JSON.stringify(body));
    }, afterMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${portOf(server)}`;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keys: JWK[] = [{ ...(await exportJWK(publicKey)), kid: "first", alg: "RS256" }];
  answers.set("/.well-known/openid-configuration", {
    body: { issuer: url, jwks_uri: `${url}/jwks`, userinfo_endpoint: `${url}/userinfo` },
  });
  answers.set("/jwks", { body: { keys } });
  answers.set("/userinfo", { body: { sub: "somebody", email: "somebody@example.org" } });
  return {
    url,
    asked,
    /** By path. */
    answers,
    keys,
    /** How often a path was asked for. */
    times: (path: string) => asked.filter((one) => one === path).length,
    /** A token of its own; none is like another. */
    async token(change: object = {}, kid: string | null = "first", key = privateKey): Promise<string> {
      const exp = Math.floor(Date.now() / 1_000) + 600;
      const header = { alg: "RS256", ...(kid === null ? {} : { kid }) };
      return await new SignJWT({ iss: url, sub: "somebody", jti: randomUUID(), exp, ...change })
        .setProtectedHeader(header)
        .sign(key);
    },
  };
}

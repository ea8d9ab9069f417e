import { createHash } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { type Edge, startEdge } from "../../dev/edge.ts";
import { startNodeEdge } from "../../dev/node-edge.ts";
import { freePort } from "../../dev/ports.ts";

/** What an own Worker is set up with: its tokens in the clear, and the key that signs its receipts. */
export const OWN = {
  adminToken: "admin-token-of-one-file",
  metricsToken: "metrics-token-of-one-file",
  receiptKey: "signs the receipts of one test file",
} as const;

/** The header that bears a token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A token as the settings hold it. */
export const sum = (token: string) => createHash("sha256").update(token).digest("hex");

type OwnEdge = Edge & { log: string[] };

/**
 * An edge of the file's own, of the mode the tests run in, on the shared stack's parts, so that a test may point it at
 * parts that are not there. `undefined` takes a binding away; `rateLimits` are those of Cloudflare, by binding.
 */
export function ownEdge(
  change: () => Record<string, string | undefined> = () => ({}),
  rateLimits: Readonly<Record<string, number>> = {},
): () => OwnEdge {
  let edge: OwnEdge | undefined;
  beforeAll(async () => {
    const { mode, functionEnv, githubSecret } = inject("stack");
    const bindings = {
      ...functionEnv,
      GITHUB_WEBHOOK_SECRET: githubSecret,
      KERNELCI_UNSIGNED: "accept",
      ADMIN_TOKEN_SHA256: sum(OWN.adminToken),
      METRICS_TOKEN_SHA256: sum(OWN.metricsToken),
      RECEIPT_KEY: OWN.receiptKey,
      RELEASE: "1.2.3",
      ...change(),
    };
    const given = Object.entries(bindings).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const log: string[] = [];
    const start = mode === "node" ? startNodeEdge : startEdge;
    const started = await start({
      port: await freePort(),
      bindings: Object.fromEntries(given),
      rateLimits,
      onLog: (line) => log.push(line),
    });
    edge = { ...started, log };
  });
  afterAll(() => edge?.stop());
  return () => {
    if (edge === undefined) throw new Error("the edge is started before the tests, not before that");
    return edge;
  };
}

/** An address of this machine where nothing listens. */
export const NOWHERE = "127.0.0.1:9";

/** Settings by which either mode looks for its database at `host:port`: behind Neon's protocol, or by TCP. */
export const databaseAt = (address: string) => ({
  NEON_LOCAL_PROXY: address,
  DATABASE_URL: `postgres://runledger:none@${address}/runledger`,
});

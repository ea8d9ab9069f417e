import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, inject, onTestFinished } from "vitest";
import { mintToken } from "../../dev/identities.ts";
import { type Stack, startStack } from "../../dev/stack.ts";

export type MailStack = {
  stack: Stack;
  pool: Pool;
  /** Every line that any part has logged. */
  log: string[];
  /** Registers somebody with that address, which is mailed; the status. */
  register(email: string, sub?: string): Promise<number>;
};

type Env = Readonly<Record<string, string>>;

/** A stack of the test's own with a consumer process, in the mode the tests run in. */
export async function mailStack(env: Env = {}): Promise<MailStack> {
  const { stop, ...own } = await openStack(env);
  onTestFinished(stop);
  return own;
}

/** A stack of the file's own; each test begins with an empty outbox. */
export function mailStackOfFile(env: Env): () => MailStack {
  let own: Awaited<ReturnType<typeof openStack>> | undefined;
  beforeAll(async () => {
    own = await openStack(env);
  });
  beforeEach(async () => {
    await own?.pool.query("delete from ledger.outbox");
  });
  afterAll(() => own?.stop());
  return () => {
    if (own === undefined) throw new Error("the stack is started before the tests, not before that");
    return own;
  };
}

async function openStack(env: Env): Promise<MailStack & { stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), "runledger-mails-"));
  const log: string[] = [];
  const stack = await startStack({
    mode: inject("stack").mode,
    dataDir,
    durable: false,
    visibilityTimeoutSeconds: 2,
    maxReceiveCount: 50,
    env: { RETRY_BASE_SECONDS: "0.05", EOSC_PERF_MAIL_FROM: "perf@example.org", ...env },
    onLog: (_, line) => log.push(line),
  });
  const pool = new Pool({ connectionString: stack.databaseUrl, max: 2 });
  return {
    stack,
    pool,
    log,
    async stop() {
      await pool.end();
      await stack.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
    async register(email, sub = crypto.randomUUID()) {
      const token = await mintToken(dataDir, stack.issuerUrl ?? "", { sub, email });
      const url = `${stack.edgeUrl}/eosc-perf/users:register`;
      return (await fetch(url, { method: "POST", headers: { authorization: `Bearer ${token}` } })).status;
    },
  };
}

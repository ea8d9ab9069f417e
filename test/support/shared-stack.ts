import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import * as z from "zod";
import { startGitHost } from "../../dev/git-host.ts";
import { startGithubRest } from "../../dev/github-rest.ts";
import { type StackMode, startStack } from "../../dev/stack.ts";

/** RUNLEDGER_MODE: `worker` (default) or `node`, the self-host mode. The tests are the same. */
const MODE = z.enum(["worker", "node"]).default("worker").parse(process.env.RUNLEDGER_MODE);

const GIT_FIXTURE = join(import.meta.dirname, "..", "conformance", "recordings", "qaboard", "seed", "git-fixture.json");

/** Addresses and secrets of the one stack that all tests share; each test brings repositories of its own. */
export type SharedStack = {
  mode: StackMode;
  edgeUrl: string;
  databaseUrl: string;
  queueUrl: string;
  bucketUrl: string;
  adminToken: string;
  githubSecret: string;
  /** The embedded OpenID Connect issuer, and the folder whose key signs its tokens. */
  issuerUrl: string;
  /** Page of the embedded mail server. */
  mailsUrl: string;
  dataDir: string;
  functionEnv: Readonly<Record<string, string>>;
};

declare module "vitest" {
  interface ProvidedContext {
    stack: SharedStack;
  }
}

/** Starts the embedded stack once for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "runledger-tests-"));
  const rest = await startGithubRest({ token: "a-token" });
  const git = await startGitHost({ fixture: GIT_FIXTURE, repository: "qa/demo", token: "a-token" });
  const stack = await startStack({
    mode: MODE,
    dataDir,
    durable: false,
    consumer: "in-process",
    visibilityTimeoutSeconds: 5,
    env: {
      RETRY_BASE_SECONDS: "1",
      EOSC_PERF_MAIL_SUPPORT: "support@example.org",
      GITHUB_WEBHOOK_SECRET_PREVIOUS: "the secret before",
      // Nothing that tests do may reach GitHub itself.
      GITHUB_API_URL: rest.url,
      GITHUB_API_URLS: `https://api.github.com ${rest.url}`,
      GITHUB_TOKEN: "a-token",
      QABOARD_GIT_URL: git.url,
      QABOARD_GIT_TOKEN: "a-token",
    },
  });
  const {
    mode,
    edgeUrl,
    databaseUrl,
    queueUrl,
    bucketUrl,
    adminToken,
    githubSecret,
    issuerUrl,
    mailsUrl,
    functionEnv,
  } = stack;
  if (issuerUrl === undefined) throw new Error("the stack has an issuer unless others are trusted");
  if (mailsUrl === undefined) throw new Error("the stack has a mail server unless another is named");
  const addresses = { mode, edgeUrl, databaseUrl, queueUrl, bucketUrl, functionEnv };
  project.provide("stack", { ...addresses, adminToken, githubSecret, issuerUrl, mailsUrl, dataDir });
  return async () => {
    await stack.stop();
    await rest.stop();
    await git.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

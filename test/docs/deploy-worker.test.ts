import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import * as z from "zod";
import { readConfig } from "../../functions/edge/config.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startCloudflareApi } from "./cloudflare-api.ts";

const ROOT = join(import.meta.dirname, "../..");
const guide = readFileSync(join(ROOT, "docs/deploy.md"), "utf8");

/** The secrets file of the guide: names, with values that shells and dotenv files would change. */
function writeSecrets(file: string): Record<string, string> {
  const [block = ""] = /^ {4}\{\n(?: {6}".*\n)+ {4}\}$/m.exec(guide) ?? [];
  const names = [...block.matchAll(/^ {6}"([A-Z0-9_]+)": /gm)].map(([, name = ""]) => name);
  const secrets = Object.fromEntries(names.map((name) => [name, `of ${name}: pa$word \${HOME} 'a' "b" #c \\n`]));
  const valid = {
    ...secrets,
    DATABASE_URL: "postgres://user:pa$word@host/name?sslmode=require#x",
    ADMIN_TOKEN_SHA256: "0".repeat(64),
  };
  writeFileSync(file, JSON.stringify(valid));
  return valid;
}

/** The guide's command, with what its placeholders stand for. */
function deployCommand(values: Record<string, string>): string {
  const [command = ""] = /^ {4}npm exec wrangler -- deploy .*\n.*$/m.exec(guide) ?? [];
  const filled = Object.entries(values).reduce((text, [name, value]) => text.replace(`<${name}>`, value), command);
  expect(filled).not.toMatch(/<\w+>/);
  return filled;
}

test("the guide's deployment uploads every secret as its file has it, and every variable, whatever the shell holds", async () => {
  const api = await startCloudflareApi();
  const folder = temporaryFolder();
  const file = join(folder, "worker.json");
  const secrets = writeSecrets(file);
  const variables = {
    QueueUrl: "https://sqs.eu.example/1/q",
    ObjectsUrl: "https://bucket.example",
    AwsRegion: "eu-west-1",
  };
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    CLOUDFLARE_API_BASE_URL: `${api.url}/client/v4`,
    CLOUDFLARE_API_TOKEN: "a-token",
    CLOUDFLARE_ACCOUNT_ID: "an-account",
    WRANGLER_SEND_METRICS: "false",
    // The operator's own, which the Worker must never get.
    AWS_ACCESS_KEY_ID: "the administrator's",
    AWS_SECRET_ACCESS_KEY: "the administrator's secret",
    DATABASE_URL: "postgres://the-administrators",
  };
  const command = deployCommand(variables).replace("worker.json", file);
  const ran = await promisify(execFile)("sh", ["-c", command], { cwd: ROOT, env }).catch((error: unknown) => error);
  const of = (type: string) =>
    Object.fromEntries(api.bindings().flatMap((one) => (one.type === type ? [[one.name, one.text]] : [])));
  expect(of("secret_text"), String(Object(ran).stderr)).toEqual(secrets);
  const RELEASE = expect.stringMatching(/^[0-9a-f]{7,}$/);
  const { QueueUrl: QUEUE_URL, ObjectsUrl: OBJECTS_URL, AwsRegion: AWS_REGION } = variables;
  expect(of("plain_text")).toEqual({ QUEUE_URL, OBJECTS_URL, AWS_REGION, RELEASE });
  expect(readConfig({ ...of("secret_text"), ...of("plain_text") })).toMatchObject({ ok: true });
  expect(api.crons()).toEqual([{ cron: "7 * * * *" }]);
}, 300_000);

test("the guide's line for ADMIN_TOKEN_SHA256 prints what the configuration takes", async () => {
  const [, line = ""] = /"ADMIN_TOKEN_SHA256": "<(.*)>"/.exec(guide) ?? [];
  const env = { PATH: process.env.PATH, ADMIN_TOKEN: "pa$s word" };
  const { stdout } = await promisify(execFile)("sh", ["-c", line], { env });
  const schema = z.string().regex(/^[0-9a-f]{64}\n$/);
  expect(schema.safeParse(stdout).success, stdout).toBe(true);
});

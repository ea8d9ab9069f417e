import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSettings } from "../../dev/settings.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const EOSC_PERF = {
  EOSC_PERF_TRUSTED_OP_LIST: "https://issuer.example.org",
  EOSC_PERF_LOCAL_ISSUER: "http://127.0.0.1:8080",
  EOSC_PERF_ADMIN_ENTITLEMENTS: "urn:admins",
  EOSC_PERF_BACKEND_ROUTE: "https://perf.example.org",
  EOSC_PERF_REGISTRY_URL: "https://registry.example.org",
  EOSC_PERF_REGISTRY_HOSTS: "quay.io",
  EOSC_PERF_COMMIT_PATH: "meta.commit",
  EOSC_PERF_RESTORE_REJECTED_CLAIMS: "on",
  EOSC_PERF_MAIL_SERVER: "mail.example.org",
  EOSC_PERF_MAIL_PORT: "587",
  EOSC_PERF_MAIL_TLS: "starttls",
  EOSC_PERF_MAIL_USER: "perf",
  EOSC_PERF_MAIL_PASSWORD: "a word ",
  EOSC_PERF_MAIL_FROM: "perf@example.org",
  EOSC_PERF_MAIL_SUPPORT: "support@example.org",
};
const SECRETS = {
  RECEIPT_KEY: "signs the receipts",
  GITHUB_WEBHOOK_SECRET: "a secret",
  KERNELCI_JWT_SECRET: "another",
};

/** The same settings, each in a file of its own. */
function inFiles(settings: Readonly<Record<string, string>>): Record<string, string> {
  const folder = temporaryFolder();
  const pairs = Object.entries(settings).map(([name, value]) => {
    writeFileSync(join(folder, name), `${value}\n`);
    return [`${name}_FILE`, join(folder, name)] as const;
  });
  return Object.fromEntries(pairs);
}

test("every setting of EOSC-Perf and every secret reaches the parts, from the environment or from a file", () => {
  const all = { ...EOSC_PERF, ...SECRETS };
  expect(readSettings(all).env).toEqual(all);
  expect(readSettings(inFiles(all)).env).toEqual(all);
});

test("the database's address may stand in a file; the file counts", () => {
  const files = inFiles({ DATABASE_URL: "postgres://runledger:word@db.example.org/runledger" });
  const { databaseUrl } = readSettings({ ...files, DATABASE_URL: "postgres://elsewhere/x" });
  expect(databaseUrl).toBe("postgres://runledger:word@db.example.org/runledger");
});

test.each([
  [{ EOSC_PERF_TRUSTED_OP_LIST: "http://issuer.example.org" }, /EOSC_PERF_TRUSTED_OP_LIST: must be https/],
  [{ EOSC_PERF_REGISTRY_URL: "registry" }, /EOSC_PERF_REGISTRY_URL/],
  [{ EOSC_PERF_MAIL_SERVER: "mail.example.org" }, /EOSC_PERF_MAIL_FROM: must be set/],
  [{ EOSC_PERF_MAIL_PASSWORD_FILE: "/nowhere" }, /EOSC_PERF_MAIL_PASSWORD_FILE: the file cannot be read/],
])("%j is refused before anything starts", (settings, problem) => {
  expect(() => readSettings(settings)).toThrow(problem);
});

test("raw bodies are kept for at least as long as the queues may hold their messages", () => {
  expect(readSettings({ RAW_RETENTION_DAYS: "18" }).rawRetentionDays).toBe(18);
  expect(() => readSettings({ RAW_RETENTION_DAYS: "17" })).toThrow(/RAW_RETENTION_DAYS: must be at least 18 days/);
});

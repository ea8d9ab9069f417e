import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { openDataFolder } from "./data-folder.ts";

/** Secrets of one data folder. */
export type Secrets = { adminToken: string; githubSecret: string; receiptKey: string };

/** Name of the file inside the data folder that holds them, readable by its owner alone. */
export const SECRETS_FILE = "secrets.env";

/** The secrets of a data folder, made at first use and the same ever after. */
export function openSecrets(dataDir: string): Secrets {
  const file = join(dataDir, SECRETS_FILE);
  openDataFolder(dataDir);
  const kept = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  const made = (prefix: string) => `${prefix}${randomBytes(24).toString("base64url")}`;
  const secrets = {
    adminToken: kept.ADMIN_TOKEN ?? made("admin_"),
    githubSecret: kept.GITHUB_WEBHOOK_SECRET ?? made("hook_"),
    receiptKey: kept.RECEIPT_KEY ?? made(""),
  };
  const text = [
    "# Secrets of this data folder, made at its first start.",
    "# Token for /deliveries and replays: Authorization: Bearer <token>",
    `ADMIN_TOKEN=${secrets.adminToken}`,
    "# Secret to enter at GitHub for the webhook",
    `GITHUB_WEBHOOK_SECRET=${secrets.githubSecret}`,
    "# Signs the ids of receipts",
    `RECEIPT_KEY=${secrets.receiptKey}`,
    "",
  ].join("\n");
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

/** The form in which the Worker knows a token. */
export function sha256Hex(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

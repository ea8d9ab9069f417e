import { resolve } from "node:path";
import * as z from "zod";
import type { StackPorts } from "./stack.ts";

/** The variable that sets each port, and what listens there. */
export const PORTS: Readonly<Record<keyof StackPorts, { variable: string; what: string }>> = {
  edge: { variable: "PORT", what: "the API" },
  postgres: { variable: "RUNLEDGER_POSTGRES_PORT", what: "PostgreSQL" },
  neon: { variable: "RUNLEDGER_NEON_PORT", what: "the Neon protocol proxy" },
  aws: { variable: "RUNLEDGER_AWS_PORT", what: "the SQS and S3 emulator" },
};

/** Variables of the Worker and the functions that are handed on when set. */
const HANDED_ON = [
  "RECEIPT_KEY",
  "ADMIN_TOKEN_SHA256",
  "GITHUB_WEBHOOK_SECRET",
  "GITHUB_WEBHOOK_SECRET_PREVIOUS",
  "GITHUB_UNSIGNED",
  "GITHUB_READ_TOKEN_SHA256",
  "GITHUB_API_URLS",
  "GITHUB_REPOSITORIES",
  "RETRY_BASE_SECONDS",
  "DATABASE_POOL_SIZE",
  "RELEASE",
] as const;

const port = (fallback: number) => z.coerce.number("must be a port number").int().min(1).max(65_535).default(fallback);

const Environment = z.object({
  PORT: port(8787),
  RUNLEDGER_POSTGRES_PORT: port(8732),
  RUNLEDGER_NEON_PORT: port(8733),
  RUNLEDGER_AWS_PORT: port(8734),
  RUNLEDGER_DATA: z.string().default(".runledger"),
  RAW_RETENTION_DAYS: z.coerce.number("must be a number of days").positive().default(30),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }).optional(),
});

export type Settings = {
  ports: StackPorts;
  /** Absolute path. */
  dataDir: string;
  databaseUrl: string | undefined;
  rawRetentionDays: number;
  env: Record<string, string>;
};

/** Reads the settings of `npm start`; throws one message that names every variable that is wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(given);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("\n"));
  const { data } = parsed;
  const handedOn = HANDED_ON.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ports: {
      edge: data.PORT,
      postgres: data.RUNLEDGER_POSTGRES_PORT,
      neon: data.RUNLEDGER_NEON_PORT,
      aws: data.RUNLEDGER_AWS_PORT,
    },
    dataDir: resolve(data.RUNLEDGER_DATA),
    databaseUrl: data.DATABASE_URL,
    rawRetentionDays: data.RAW_RETENTION_DAYS,
    env: Object.fromEntries(handedOn),
  };
}

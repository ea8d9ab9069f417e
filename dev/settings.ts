import { resolve } from "node:path";
import * as z from "zod";
import { filledFromFiles } from "../functions/node/environment.ts";
import { DEAD_LETTER_RETENTION_SECONDS, QUEUE_RETENTION_SECONDS } from "../functions/outside/queue.ts";
import { HANDED_ON, handedOn, wrongIn } from "./settings/handed-on.ts";
import { missingEndpoints, namedAws } from "./settings/named-aws.ts";
import { LIVENESS_SECONDS } from "./stack/types.ts";
import type { NamedAws, StackPorts } from "./stack.ts";

/** The variable that sets each port, and what listens there. */
export const PORTS: Readonly<Record<keyof StackPorts, { variable: string; what: string }>> = {
  edge: { variable: "PORT", what: "the API" },
  postgres: { variable: "RUNLEDGER_POSTGRES_PORT", what: "PostgreSQL" },
  neon: { variable: "RUNLEDGER_NEON_PORT", what: "the Neon protocol proxy" },
  aws: { variable: "RUNLEDGER_AWS_PORT", what: "the SQS and S3 emulator" },
  issuer: { variable: "RUNLEDGER_ISSUER_PORT", what: "the OpenID Connect issuer" },
  registry: { variable: "RUNLEDGER_REGISTRY_PORT", what: "the stand-in for a container registry" },
  smtp: { variable: "RUNLEDGER_SMTP_PORT", what: "the mail server" },
  mails: { variable: "RUNLEDGER_MAILS_PORT", what: "the page of mails" },
};

const port = (fallback: number) => z.coerce.number("must be a port number").int().min(1).max(65_535).default(fallback);
/** How long a message may lie in the queue and then in the dead-letter queue. */
const HELD_DAYS = (QUEUE_RETENTION_SECONDS + DEAD_LETTER_RETENTION_SECONDS) / 86_400;
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// URL" }).optional();

const Environment = z.object({
  PORT: port(8787),
  RUNLEDGER_POSTGRES_PORT: port(8732),
  RUNLEDGER_NEON_PORT: port(8733),
  RUNLEDGER_AWS_PORT: port(8734),
  RUNLEDGER_ISSUER_PORT: port(8735),
  RUNLEDGER_REGISTRY_PORT: port(8736),
  RUNLEDGER_SMTP_PORT: port(8737),
  RUNLEDGER_MAILS_PORT: port(8738),
  RUNLEDGER_DATA: z.string().default(".runledger"),
  LIVENESS_SECONDS: z.coerce.number("must be a number of seconds").min(2).default(LIVENESS_SECONDS),
  RAW_RETENTION_DAYS: z.coerce
    .number("must be a number of days")
    .min(
      HELD_DAYS,
      `must be at least ${HELD_DAYS} days: the queues may hold a message for 4 and 14 days, and its raw body must outlive it`,
    )
    .default(30),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// URL" }).optional(),
  QUEUE_URL: httpUrl,
  DEAD_LETTER_QUEUE_URL: httpUrl,
  OBJECTS_URL: httpUrl,
});

export type Settings = {
  ports: StackPorts;
  /** Absolute path. */
  dataDir: string;
  databaseUrl: string | undefined;
  /** Queues and a bucket to use in place of the emulator's. */
  aws: NamedAws | undefined;
  rawRetentionDays: number;
  livenessSeconds: number;
  /** Further settings of the edge and of the functions that are given. */
  env: Record<string, string>;
};

/** Reads the settings of `npm start` and `npm run serve`; throws one message that names every variable that is wrong. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = filledFromFiles([...Object.keys(Environment.shape), ...HANDED_ON], environment);
  const parsed = Environment.safeParse(given);
  const env = handedOn(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)),
    ...missingEndpoints(given),
    ...wrongIn(env),
  ];
  if (!parsed.success || problems.length > 0) throw new Error([...new Set(problems)].join("\n"));
  const { data } = parsed;
  return {
    ports: {
      edge: data.PORT,
      postgres: data.RUNLEDGER_POSTGRES_PORT,
      neon: data.RUNLEDGER_NEON_PORT,
      aws: data.RUNLEDGER_AWS_PORT,
      issuer: data.RUNLEDGER_ISSUER_PORT,
      registry: data.RUNLEDGER_REGISTRY_PORT,
      smtp: data.RUNLEDGER_SMTP_PORT,
      mails: data.RUNLEDGER_MAILS_PORT,
    },
    dataDir: resolve(data.RUNLEDGER_DATA),
    databaseUrl: data.DATABASE_URL,
    aws: namedAws(given),
    rawRetentionDays: data.RAW_RETENTION_DAYS,
    livenessSeconds: data.LIVENESS_SECONDS,
    env,
  };
}

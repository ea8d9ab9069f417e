import type { ConsumerChild } from "../consumer/child.ts";
import type { Functions } from "../consumer/pollers.ts";
import type { QueueState } from "../emulator.ts";
import type { Restartable } from "../restartable.ts";

export type StackMode = "worker" | "node";
export type StackPorts = {
  edge: number;
  postgres: number;
  neon: number;
  aws: number;
  issuer: number;
  registry: number;
  smtp: number;
  mails: number;
};
export type StackPart = "postgres" | "consumer" | "edge" | "aws" | "issuer";

/** Queues and a bucket that are there already, in place of the emulator's. */
export type NamedAws = {
  queueUrl: string;
  deadLetterQueueUrl: string;
  bucketUrl: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** How long a process may give no sign of life, unless a setting says otherwise. */
export const LIVENESS_SECONDS = 15;

export type StackOptions = {
  /** The Worker in workerd with Neon's drivers, or the self-host mode: the same app on Node with `pg`. */
  mode?: StackMode;
  /** Folder that holds database, queues, objects and secrets. */
  dataDir: string;
  /** Ports on 127.0.0.1; what is missing or 0 becomes a free one. */
  ports?: Partial<StackPorts>;
  /** A PostgreSQL to use instead of an own one. */
  databaseUrl?: string | undefined;
  aws?: NamedAws | undefined;
  /** false: no Neon protocol proxy, which the self-host mode doesn't need. */
  neonProxy?: boolean;
  /** false trades crash safety of the own PostgreSQL for speed (tests). */
  durable?: boolean;
  /** A process of ours that gives no sign of life for so long is killed and started again; LIVENESS_SECONDS unless set. */
  livenessSeconds?: number | undefined;
  visibilityTimeoutSeconds?: number | undefined;
  maxReceiveCount?: number | undefined;
  /** A child process (as `npm start`, and always in the self-host mode), this process, or none until `consumer.start()`. */
  consumer?: "process" | "in-process" | "none";
  /**
   * Whether what is missing of the world is stood in for, and submissions to /kernelci need no signature; true unless set.
   * Never for data that others depend on: the embedded issuer vouches for whoever asks.
   */
  development?: boolean;
  /**
   * Further variables of the Worker and of the functions, over the stack's own. With EOSC_PERF_TRUSTED_OP_LIST among
   * them there is no embedded issuer, with EOSC_PERF_REGISTRY_URL no stand-in for a registry, with
   * EOSC_PERF_MAIL_SERVER no mail server.
   */
  env?: Readonly<Record<string, string>>;
  /** Entry of the Worker and files of the functions, when not the project's. */
  entry?: string | undefined;
  functions?: Functions | undefined;
  /** false leaves the database without tables. */
  migrations?: boolean;
  /** Takes each line a part logs; `problem` marks what a person should see. */
  onLog?: (part: StackPart, line: string, problem: boolean) => void;
  /** Told every process that would outlive a killed supervisor. */
  onPid?: (part: StackPart, pid: number) => void;
};

export type Stack = {
  mode: StackMode;
  edgeUrl: string;
  databaseUrl: string;
  /** `host:port`, as NEON_LOCAL_PROXY takes it. */
  neonProxy: string;
  queueUrl: string;
  deadLetterQueueUrl: string;
  bucketUrl: string;
  adminToken: string;
  githubSecret: string;
  /** The embedded OpenID Connect issuer; undefined when others are trusted in its place. */
  issuerUrl: string | undefined;
  /** Page that shows the mails which were sent; undefined when another mail server is named. */
  mailsUrl: string | undefined;
  /** Environment of the functions, for a script that plays one. */
  functionEnv: Readonly<Record<string, string>>;
  consumer: ConsumerChild;
  /** The own PostgreSQL; a foreign one can't be stopped. */
  postgres: Restartable;
  emulator: Restartable & { inspect(queue: "runledger" | "runledger-dead"): QueueState };
  /** Process ids of the edge's runtime at this moment. */
  edgePids(): number[];
  /** Fires the edge's cron trigger. */
  scheduled(): Promise<void>;
  /** Stops all parts in the order that loses nothing. */
  stop(): Promise<void>;
};

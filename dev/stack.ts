import { join } from "node:path";
import { migrate } from "../db/migrate.ts";
import { startEmulator } from "./emulator.ts";
import { freePorts } from "./ports.ts";
import { type Postgres, startPostgres } from "./postgres.ts";
import { type Restartable, restartable } from "./restartable.ts";
import { openSecrets, sha256Hex } from "./secrets.ts";
import { awsOf } from "./stack/aws-of.ts";
import { consumerOf } from "./stack/consumer-of.ts";
import { edgeOf } from "./stack/edge-of.ts";
import { foldersOf } from "./stack/folders-of.ts";
import { keepRunning } from "./stack/keep-running.ts";
import { outsideOf } from "./stack/outside-of.ts";
import type { Stack, StackOptions, StackPorts } from "./stack/types.ts";

export type { NamedAws, Stack, StackMode, StackOptions, StackPart, StackPorts } from "./stack/types.ts";

/** Starts every part of the embedded stack and resolves when a request would be answered and its message consumed. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, onLog = () => {}, onPid = () => {} } = options;
  const secrets = openSecrets(dataDir);
  const ports = await choosePorts(options.ports);
  const running: Restartable[] = [];
  const stop = async () => {
    for (const part of running.toReversed()) await part.stop();
  };

  const emulator = restartable(() =>
    startEmulator({
      port: ports.aws,
      dataDir: join(dataDir, "aws"),
      visibilityTimeoutSeconds: options.visibilityTimeoutSeconds,
      maxReceiveCount: options.maxReceiveCount,
    }),
  );
  const postgres = restartable<Postgres>(async () => {
    const { durable = true } = options;
    const started = await startPostgres({ dataDir: join(dataDir, "database"), port: ports.postgres, durable });
    onPid("postgres", started.pid);
    void keepRunning(postgres, started, (line) => onLog("postgres", line, true));
    return started;
  });

  try {
    if (options.aws === undefined) running.push(emulator);
    const emulated = options.aws === undefined ? emulator.start() : Promise.resolve();
    emulated.catch(() => {});
    if (options.databaseUrl === undefined) {
      running.push(postgres);
      await postgres.start();
    }
    await emulated;
    const databaseUrl = options.databaseUrl ?? postgres.current?.url;
    const aws = options.aws ?? awsOf(emulator.current);
    if (databaseUrl === undefined || aws === undefined) throw new Error("a part of the stack ended while it started");

    const folders = foldersOf(options);
    if (folders !== undefined) {
      running.push(folders);
      await folders.start();
    }
    const outside = await outsideOf(options, ports);
    running.push(...outside.parts);
    const neonProxy = `127.0.0.1:${ports.neon}`;
    const functionEnv = {
      DATABASE_URL: databaseUrl,
      ...(options.neonProxy === false ? {} : { NEON_LOCAL_PROXY: neonProxy }),
      QUEUE_URL: aws.queueUrl,
      DEAD_LETTER_QUEUE_URL: aws.deadLetterQueueUrl,
      OBJECTS_URL: aws.bucketUrl,
      AWS_REGION: aws.region,
      AWS_ACCESS_KEY_ID: aws.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
      ...(options.aws === undefined ? { QUEUE_WAIT_SECONDS: "2" } : {}),
      ...(options.maxReceiveCount === undefined ? {} : { QUEUE_MAX_RECEIVES: String(options.maxReceiveCount) }),
      ...outside.functionEnv,
      ...options.env,
      ...folders?.current?.env,
    };
    const proxy = restartable(async () => {
      const { startNeonProxy } = await import("./neon-proxy.ts");
      return startNeonProxy({ databaseUrl, port: ports.neon, logIn: options.databaseUrl !== undefined });
    });
    let consumerIsUp: boolean | undefined;
    const tellOfConsumer = () =>
      consumerIsUp !== undefined && edge.current?.tell?.({ part: "consumer", isUp: consumerIsUp });
    const edge = edgeOf(
      options,
      ports.edge,
      {
        ...functionEnv,
        ...outside.env,
        RECEIPT_KEY: secrets.receiptKey,
        ADMIN_TOKEN_SHA256: sha256Hex(secrets.adminToken),
        GITHUB_WEBHOOK_SECRET: secrets.githubSecret,
        ...(options.development === false ? {} : { KERNELCI_UNSIGNED: "accept" }),
        ...options.env,
        ...folders?.current?.env,
      },
      tellOfConsumer,
    );
    const consumer = consumerOf(options, functionEnv, (isUp) => {
      consumerIsUp = isUp;
      tellOfConsumer();
    });
    running.push(proxy, edge, consumer);

    const tables = options.migrations === false ? Promise.resolve([]) : migrate(databaseUrl);
    tables.catch(() => {});
    if (options.neonProxy !== false) await proxy.start();
    // workerd takes its time, during which the tables are made; a process of the self-host mode finds them ready.
    if (options.mode === "node") await tables;
    await edge.start();
    for (const pid of edge.current?.pids() ?? []) onPid("edge", pid);
    const missingLimits = await tables;
    // In the self-host mode each session sets its own.
    if (options.mode !== "node")
      for (const line of missingLimits) onLog("postgres", `without time limits: ${line}`, true);
    if (options.consumer !== "none") await consumer.start();
    return {
      mode: options.mode ?? "worker",
      edgeUrl: edge.current?.url ?? `http://127.0.0.1:${ports.edge}`,
      databaseUrl,
      neonProxy,
      queueUrl: aws.queueUrl,
      deadLetterQueueUrl: aws.deadLetterQueueUrl,
      bucketUrl: aws.bucketUrl,
      adminToken: secrets.adminToken,
      issuerUrl: outside.issuerUrl,
      mailsUrl: outside.mailsUrl,
      githubSecret: options.env?.GITHUB_WEBHOOK_SECRET ?? secrets.githubSecret,
      functionEnv,
      consumer,
      postgres,
      emulator: {
        start: emulator.start,
        stop: emulator.stop,
        inspect: (queue) => emulator.current?.inspect(queue) ?? { ready: 0, delayed: 0, inFlight: 0 },
      },
      edgePids: () => edge.current?.pids() ?? [],
      scheduled: async () => edge.current?.scheduled(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The ports asked for, free ones in place of 0 and of what is missing. */
async function choosePorts(wanted: Partial<StackPorts> = {}): Promise<StackPorts> {
  const [edge = 0, postgres = 0, neon = 0, aws = 0, issuer = 0, registry = 0, smtp = 0, mails = 0] = await freePorts(8);
  return {
    edge: wanted.edge || edge,
    postgres: wanted.postgres || postgres,
    neon: wanted.neon || neon,
    aws: wanted.aws || aws,
    issuer: wanted.issuer || issuer,
    registry: wanted.registry || registry,
    smtp: wanted.smtp || smtp,
    mails: wanted.mails || mails,
  };
}

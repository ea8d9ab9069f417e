import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import { pooledDatabase, type TransactionalDatabase } from "../../db/client.ts";
import type { FileStore } from "../files/file-store.ts";
import { folderFiles } from "../files/folder-files.ts";
import { s3Files } from "../files/s3-files.ts";
import { type ObjectStore, s3Objects } from "../outside/object-store.ts";
import { type Queue, sqsQueue } from "../outside/queue.ts";
import { type Config, readConfig } from "./config.ts";
import { eoscPerfMailer } from "./eosc-perf/mailer.ts";
import { type GithubAccess, githubAccess } from "./github/rest/access.ts";
import { type Chat, discordChat } from "./kernelci/notifications/discord.ts";
import { kernelciMailer } from "./kernelci/notifications/mailer.ts";
import type { Mailer } from "./mail/smtp.ts";

/** What a function instance keeps between invocations. */
export type Resources = {
  config: Config;
  db: TransactionalDatabase;
  objects: ObjectStore;
  queue: Queue;
  /** The files of /qaboard. */
  files: FileStore;
  github: GithubAccess;
  /** Sends /eosc-perf's mails; undefined while no mail server is set. */
  mailer: Mailer | undefined;
  /** Sends /kernelci's. */
  kernelciMailer: Mailer | undefined;
  /** Where /kernelci posts what it noticed; undefined while no webhook is set. */
  discord: Chat | undefined;
  /** Hides a message for that long before it is received again. */
  postpone(receiptHandle: string, seconds: number): Promise<void>;
};

let resources: Resources | undefined;

/** The instance's resources, made at first use with Neon's driver; throws when the environment is wrong. */
export function openResources(): Resources {
  if (resources !== undefined) return resources;
  const config = readConfig(process.env);
  const { db } = pooledDatabase(config.DATABASE_URL, config.NEON_LOCAL_PROXY, config.DATABASE_POOL_SIZE);
  return keepResources(config, db);
}

/** Makes the resources that the handlers of this process use from here on. */
export function keepResources(config: Config, db: TransactionalDatabase): Resources {
  resources = make(config, db);
  return resources;
}

function make(config: Config, db: TransactionalDatabase): Resources {
  const credentials = {
    region: config.AWS_REGION,
    accessKeyId: config.AWS_ACCESS_KEY_ID,
    secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
    ...(config.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: config.AWS_SESSION_TOKEN }),
  };
  const sqs = new SQSClient({ region: config.AWS_REGION, endpoint: new URL(config.QUEUE_URL).origin, credentials });
  return {
    config,
    db,
    objects: s3Objects(config.OBJECTS_URL, credentials),
    queue: sqsQueue(config.QUEUE_URL, credentials),
    files:
      config.QABOARD_FILES.length === 0
        ? s3Files(config.QABOARD_FILES_URL ?? config.OBJECTS_URL, credentials)
        : folderFiles(config.QABOARD_FILES),
    github: githubAccess(config),
    mailer: eoscPerfMailer(config),
    kernelciMailer: kernelciMailer(config),
    discord: discordChat(config),
    async postpone(receiptHandle, seconds) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: config.QUEUE_URL,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      });
      await sqs.send(command, { abortSignal: AbortSignal.timeout(5_000) });
    },
  };
}

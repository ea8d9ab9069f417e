import type { Database } from "../../db/client.ts";
import type { FileStore } from "../files/file-store.ts";
import { s3Files } from "../files/s3-files.ts";
import { openGitHost } from "../git-host/open-git-host.ts";
import { s3Objects } from "../outside/object-store.ts";
import { sqsQueue } from "../outside/queue.ts";
import type { Config } from "./config.ts";
import type { Services } from "./env.ts";
import type { RateLimits } from "./rate-limit.ts";

/** The services of one isolate or process, on the database of its kind; files are in a bucket unless others are given. */
export function openServices(config: Config, db: Database, limits: RateLimits, files?: FileStore): Services {
  const credentials = {
    region: config.AWS_REGION,
    accessKeyId: config.AWS_ACCESS_KEY_ID,
    secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
  };
  const maxBytes = { page: config.PAGE_MAX_BYTES, response: config.RESPONSE_MAX_BYTES };
  return {
    config,
    db: Object.assign(db, { maxBytes }),
    queue: sqsQueue(config.QUEUE_URL, credentials),
    objects: s3Objects(config.OBJECTS_URL, credentials),
    files: files ?? s3Files(config.QABOARD_FILES_URL ?? config.OBJECTS_URL, credentials),
    gitHost: openGitHost(config),
    limits,
    supervised: new Map(),
  };
}

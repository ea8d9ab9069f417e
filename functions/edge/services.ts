import type { Database } from "../../db/client.ts";
import { s3Objects } from "../outside/object-store.ts";
import { sqsQueue } from "../outside/queue.ts";
import type { Config } from "./config.ts";
import type { Services } from "./env.ts";
import type { RateLimits } from "./rate-limit.ts";

/** The services of one isolate or process, on the database of its kind. */
export function openServices(config: Config, db: Database, limits: RateLimits): Services {
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
    limits,
    supervised: new Map(),
  };
}

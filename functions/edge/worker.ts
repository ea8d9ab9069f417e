import { httpDatabase } from "../../db/client.ts";
import { s3Objects } from "../messages/object-store.ts";
import { sqsQueue } from "../messages/queue.ts";
import { createApp } from "./app.ts";
import { type Config, readConfig } from "./config.ts";
import type { Services } from "./env.ts";
import { log } from "./http/log.ts";

const app = createApp();
let kept: { bindings: unknown; services: Services } | undefined;

/** The drivers of one isolate, made once for as long as its bindings stay the same. */
function servicesOf(bindings: unknown): Services | { problem: string } {
  if (kept !== undefined && kept.bindings === bindings) return kept.services;
  const read = readConfig(bindings);
  if (!read.ok) return { problem: read.problem };
  const services = openServices(read.config);
  kept = { bindings, services };
  return services;
}

function openServices(config: Config): Services {
  const credentials = {
    region: config.AWS_REGION,
    accessKeyId: config.AWS_ACCESS_KEY_ID,
    secretAccessKey: config.AWS_SECRET_ACCESS_KEY,
  };
  return {
    config,
    db: httpDatabase(config.DATABASE_URL, config.NEON_LOCAL_PROXY),
    queue: sqsQueue(config.QUEUE_URL, credentials),
    objects: s3Objects(config.OBJECTS_URL, credentials),
  };
}

/** Configuration errors are answers, not crashes: the caller learns the code, the log says what is wrong. */
function badConfiguration(problem: string): Response {
  const requestId = crypto.randomUUID();
  log("bad configuration", { requestId, problem });
  const body = {
    code: "bad_configuration",
    message: "The service is not configured.",
    requestId,
    docs: "/docs/errors#bad_configuration",
  };
  return Response.json(body, { status: 500, headers: { "x-request-id": requestId } });
}

export default {
  async fetch(request, bindings, context) {
    const services = servicesOf(bindings);
    if ("problem" in services) return badConfiguration(services.problem);
    return await app.fetch(request, services, context);
  },
} satisfies ExportedHandler;

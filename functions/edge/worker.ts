import { httpDatabase } from "../../db/client.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import type { Services } from "./env.ts";
import { bareAnswer } from "./http/bare-answer.ts";
import { log } from "./http/log.ts";
import { runScheduled } from "./scheduled.ts";
import { openServices } from "./services.ts";

const app = createApp();
let kept: { bindings: unknown; services: Services } | undefined;

/** The drivers of one isolate, made once for as long as its bindings stay the same. */
function servicesOf(bindings: unknown): Services | { problem: string } {
  if (kept !== undefined && kept.bindings === bindings) return kept.services;
  const read = readConfig(bindings);
  if (!read.ok) return { problem: read.problem };
  const { DATABASE_URL, NEON_LOCAL_PROXY } = read.config;
  const services = openServices(read.config, httpDatabase(DATABASE_URL, NEON_LOCAL_PROXY));
  kept = { bindings, services };
  return services;
}

/** Configuration errors are answers, not crashes: the caller learns the code, the log says what is wrong. */
function badConfiguration(problem: string): Response {
  const requestId = crypto.randomUUID();
  log("bad configuration", { requestId, problem });
  return bareAnswer(500, "bad_configuration", "The service is not configured.", requestId);
}

export default {
  async fetch(request, bindings, context) {
    const services = servicesOf(bindings);
    if ("problem" in services) return badConfiguration(services.problem);
    return await app.fetch(request, services, context);
  },
  async scheduled(_controller, bindings) {
    const services = servicesOf(bindings);
    if ("problem" in services) {
      log("bad configuration", { problem: services.problem });
      throw new Error("bad configuration");
    }
    await runScheduled(services);
  },
} satisfies ExportedHandler;

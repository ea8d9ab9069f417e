import * as z from "zod";
import { httpDatabase } from "../../db/client.ts";
import { createApp } from "./app.ts";
import { readConfig } from "./config.ts";
import type { Services } from "./env.ts";
import { bareAnswer } from "./http/bare-answer.ts";
import { log } from "./http/log.ts";
import { bindingLimiter, type RateLimitBinding } from "./http/rate-limiter.ts";
import type { RateLimits } from "./rate-limit.ts";
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
  const services = openServices(read.config, httpDatabase(DATABASE_URL, NEON_LOCAL_PROXY), boundLimits(bindings));
  kept = { bindings, services };
  return services;
}

const Limits = z.object({
  RATE_LIMIT_ADDRESS: z.custom<RateLimitBinding>().optional(),
  RATE_LIMIT_TOKEN: z.custom<RateLimitBinding>().optional(),
});

/** The limits that wrangler.toml binds, if any; Cloudflare itself says who calls. */
function boundLimits(bindings: unknown): RateLimits {
  const { RATE_LIMIT_ADDRESS: address, RATE_LIMIT_TOKEN: token } = Limits.parse(bindings);
  return {
    address: address && bindingLimiter(address),
    token: token && bindingLimiter(token),
    addressOf: (request) => request.headers.get("cf-connecting-ip") ?? undefined,
  };
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

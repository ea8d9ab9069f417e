import * as z from "zod";
import { FOLDERS_SETTING } from "../../files/settings.ts";
import { type Environment, readEnvironment } from "../../node/environment.ts";
import { Config } from "../config.ts";

const perMinute = z.coerce.number().int().min(0).default(0);

/** The Worker's settings, and those of a server of one's own. */
export const NodeConfig = Config.extend({
  HOST: z.string().default("127.0.0.1").describe("address to listen on; 0.0.0.0 or :: for every one"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787).describe("0 takes a free one"),
  PUBLIC_SCHEME: z.enum(["http", "https"]).default("http").describe("https behind a proxy that ends TLS: for links"),
  DATABASE_POOL_SIZE: z.coerce.number().int().positive().default(10).describe("connections kept at most"),
  EDGE_BODY_BUDGET_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(512 * 1_048_576)
    .describe("what the bodies of all requests in hand may take together; beyond it the answer is 503"),
  EDGE_ADDRESS_REQUESTS_PER_MINUTE: perMinute.describe("requests an address may make in a minute; 0: any number"),
  EDGE_TOKEN_REQUESTS_PER_MINUTE: perMinute.describe("requests a token may make in a minute; 0: any number"),
  EDGE_ADDRESS_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .optional()
    .describe(
      "header in which the proxy in front names the caller, such as X-Forwarded-For; unset: the connection's address",
    ),
  REQUEST_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(600)
    .default(25)
    .describe("how long a caller may take to send one request"),
  ...FOLDERS_SETTING,
});

export type NodeConfig = z.infer<typeof NodeConfig>;

/** Reads the settings of the edge's process; throws WrongConfiguration. */
export function readNodeConfig(environment: Environment): NodeConfig {
  return readEnvironment(NodeConfig, environment);
}

import * as z from "zod";
import { DISCORD_SETTING, NOTIFICATIONS_SETTING } from "../../messages/notification-settings.ts";
import { textList, truth } from "../setting-types.ts";
import { logHosts } from "./logs/log-hosts.ts";

/** Settings of the KernelCI source at the edge. */
export const KERNELCI_SETTINGS = {
  KERNELCI_JWT_SECRET: z.string().default("").describe("secret that signs the tokens of submitters"),
  KERNELCI_UNSIGNED: z
    .enum(["refuse", "accept"])
    .default("refuse")
    .describe("submissions while neither secret is set; accept is for development"),
  KERNELCI_UNIFIED_SECRET: z.string().default("").describe("secret: a second one that may have signed"),
  KERNELCI_SUBMIT_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(100_000_000)
    .describe("largest submission taken; the platform has a limit of its own"),
  KERNELCI_CACHE_TIMEOUT: z.coerce
    .number()
    .int()
    .min(0)
    .default(180)
    .describe("seconds that answers of the KernelCI API may be kept; 0: not at all"),
  KERNELCI_ORIGINS_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(30)
    .describe("how many days back the KernelCI list of origins looks unless asked otherwise"),
  KERNELCI_LOG_HOSTS: logHosts.describe(
    "hosts whose logs proxy/ and log-downloader/ may fetch, by commas: name or *.name, port and path optional",
  ),
  KERNELCI_LOG_MAX_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(256 * 1_048_576)
    .describe("bytes of the largest log that proxy/ passes on"),
  KERNELCI_CORS_ALLOWED_ORIGINS: textList.describe("origins whose pages may read the KernelCI API"),
  KERNELCI_CORS_ALLOW_ALL_ORIGINS: truth
    .optional()
    .describe("whether pages of every origin may; unset: as long as no origins are listed"),
  ...NOTIFICATIONS_SETTING,
  ...DISCORD_SETTING,
};

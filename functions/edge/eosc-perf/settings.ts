import * as z from "zod";
import { SCHEMA_LIMITS } from "../../json-schema/limits.ts";
import { wordList } from "../setting-types.ts";

/** Settings of the EOSC-Perf source at the edge. */
export const EOSC_PERF_SETTINGS = {
  ...SCHEMA_LIMITS,
  EOSC_PERF_TRUSTED_OP_LIST: wordList
    .refine((issuers) => issuers.every((issuer) => /^https:\/\/[^/]/.test(issuer)), "must be https:// URLs")
    .optional()
    .describe("OpenID Connect issuers whose tokens /eosc-perf takes; unset: EGI's, or the local one alone"),
  EOSC_PERF_LOCAL_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("development only: one more issuer, which may do without https"),
  EOSC_PERF_ADMIN_ENTITLEMENTS: wordList
    .default([])
    .describe(
      "entitlements that make a registered user of /eosc-perf an admin; empty: nobody, *: every registered user",
    ),
  EOSC_PERF_BACKEND_ROUTE: z
    .string()
    .min(1)
    .optional()
    .describe("server in /eosc-perf's OpenAPI document; unset: wherever it is asked for"),
  EOSC_PERF_REGISTRY_URL: z
    .url({ protocol: /^https?$/ })
    .default("https://registry-1.docker.io")
    .describe("registry that benchmarks' images are looked up in"),
  EOSC_PERF_REGISTRY_HOSTS: wordList
    .default([
      "docker.io",
      "gcr.io",
      "ghcr.io",
      "mcr.microsoft.com",
      "nvcr.io",
      "public.ecr.aws",
      "quay.io",
      "registry.gitlab.com",
    ])
    .describe("further registries that images may name; *: any"),
  EOSC_PERF_COMMIT_PATH: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      "members by dots at which a result of /eosc-perf names its commit; unset: pages of commits leave results out",
    ),
  EOSC_PERF_RESTORE_REJECTED_CLAIMS: z
    .enum(["on", "off"])
    .default("off")
    .describe("whether the result of a rejected claim on /eosc-perf is shown again"),
};

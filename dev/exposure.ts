import { SECRETS_FILE } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Stack } from "./stack.ts";

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/**
 * What stands open once the edge listens to other machines, a line each; none while it listens on loopback alone. All
 * other parts never listen to others.
 */
export function exposureWarnings(stack: Stack, { env, databaseUrl }: Settings, isDevelopment: boolean): string[] {
  const { HOST: host = "127.0.0.1" } = env;
  if (LOOPBACK.test(host)) return [];
  const hasSubmitters = [env.KERNELCI_JWT_SECRET, env.KERNELCI_UNIFIED_SECRET].some((secret) => secret !== undefined);
  const takesUnsigned = isDevelopment ? env.KERNELCI_UNSIGNED !== "refuse" : env.KERNELCI_UNSIGNED === "accept";
  const open = [
    ...(takesUnsigned && !hasSubmitters
      ? ["/kernelci/submit takes submissions of anybody without a signature: set KERNELCI_JWT_SECRET."]
      : []),
    ...(stack.issuerUrl === undefined
      ? []
      : [
          "/eosc-perf trusts the embedded issuer, which vouches for whoever can read this data folder, admins included: set EOSC_PERF_TRUSTED_OP_LIST.",
        ]),
    ...(env.GITHUB_READ_TOKEN_SHA256 === undefined
      ? ["/github shows everything to anybody: set GITHUB_READ_TOKEN_SHA256."]
      : []),
    ...(env.QABOARD_WRITE_TOKEN_SHA256 === undefined
      ? ["/qaboard lets anybody write and delete results: set QABOARD_WRITE_TOKEN_SHA256."]
      : []),
    ...(env.QABOARD_READ_TOKEN_SHA256 === undefined
      ? ["/qaboard shows everything to anybody: set QABOARD_READ_TOKEN_SHA256."]
      : []),
    ...(databaseUrl === undefined
      ? [
          `The password of the database is printed above and the admin token lies in ${SECRETS_FILE}: keep both to yourself.`,
        ]
      : []),
  ];
  return [`HOST=${host}: other machines reach the API. Open are:`, ...open.map((line) => `  - ${line}`)];
}

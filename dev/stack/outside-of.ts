import { ADMIN_ENTITLEMENT } from "../identities.ts";
import { issuerUrl, startIssuer } from "../issuer.ts";
import { startMailServer } from "../mail-server.ts";
import { startRegistry } from "../registry.ts";
import { type Restartable, restartable } from "../restartable.ts";
import type { StackOptions, StackPorts } from "./types.ts";

/** Not there in an installation for production, which trusts issuers and sends mails by servers of the world. */
const ISSUER_PACKAGE = "oauth2-mock-server";
const MAIL_PACKAGE = "smtp-server";

/** Stand-ins for what /eosc-perf and /kernelci talk to on the network, and the settings of edge and functions that name them. */
export type Outside = {
  parts: Restartable[];
  env: Record<string, string>;
  functionEnv: Record<string, string>;
  issuerUrl: string | undefined;
  mailsUrl: string | undefined;
};

/** For development: starts an issuer unless others are trusted, a registry and a mail server unless others are named. */
export async function outsideOf(
  { dataDir, env = {}, development = true }: StackOptions,
  ports: StackPorts,
): Promise<Outside> {
  const outside: Outside = { parts: [], env: {}, functionEnv: {}, issuerUrl: undefined, mailsUrl: undefined };
  if (!development) return outside;
  if (env.EOSC_PERF_TRUSTED_OP_LIST === undefined && (await isInstalled(ISSUER_PACKAGE))) {
    const issuer = restartable(() => startIssuer({ port: ports.issuer, dataDir }));
    await issuer.start();
    const url = issuerUrl(ports.issuer);
    outside.parts.push(issuer);
    outside.issuerUrl = url;
    outside.env.EOSC_PERF_LOCAL_ISSUER = url;
    outside.env.EOSC_PERF_ADMIN_ENTITLEMENTS = ADMIN_ENTITLEMENT;
  }
  if (env.EOSC_PERF_REGISTRY_URL === undefined) {
    const registry = restartable(() => startRegistry({ port: ports.registry }));
    await registry.start();
    outside.parts.push(registry);
    outside.env.EOSC_PERF_REGISTRY_URL = registry.current?.url ?? "";
  }
  if (env.EOSC_PERF_MAIL_SERVER === undefined && (await isInstalled(MAIL_PACKAGE))) {
    const mails = restartable(() => startMailServer({ smtp: ports.smtp, page: ports.mails }));
    await mails.start();
    outside.parts.push(mails);
    outside.mailsUrl = mails.current?.url;
    Object.assign(outside.functionEnv, {
      EOSC_PERF_MAIL_SERVER: "127.0.0.1",
      EOSC_PERF_MAIL_PORT: String(ports.smtp),
      EOSC_PERF_MAIL_FROM: "runledger@localhost",
      ...(env.KERNELCI_MAIL_SERVER === undefined
        ? { KERNELCI_MAIL_SERVER: "127.0.0.1", KERNELCI_MAIL_PORT: String(ports.smtp) }
        : {}),
    });
  }
  return outside;
}

async function isInstalled(name: string): Promise<boolean> {
  try {
    await import(name);
    return true;
  } catch {
    return false;
  }
}

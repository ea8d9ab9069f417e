import type { Config } from "../../../config.ts";
import { type Identities, openIdentities } from "./identities.ts";

/** One for each configuration of this isolate, since it keeps what issuers said. */
const opened = new WeakMap<Config, Identities>();

/** Who bears a token of the issuers that the settings trust. */
export function trustedIdentities(config: Config): Identities {
  const known = opened.get(config) ?? openIdentities(config.EOSC_PERF_TRUSTED_OP_LIST, config.EOSC_PERF_LOCAL_ISSUER);
  opened.set(config, known);
  return known;
}

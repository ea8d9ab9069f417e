import { withoutTrailingSlashes } from "../../../../formats/trailing-slashes.ts";
/** The identity providers whose word counts. */
export type TrustedIssuers = {
  /** All of them, as the settings name them. */
  all: readonly string[];
  /** The trusted issuer that a token's `iss` names, a slash at the end aside; undefined for every other. */
  find(iss: string): string | undefined;
  /** Whether a URL of this issuer may be asked: https, or plain http of the local issuer. */
  mayAsk(issuer: string, url: string): boolean;
};

/** The identity provider of the European research clouds, which the original trusts unless told otherwise. */
const EGI = [
  "https://aai.egi.eu/oidc",
  "https://aai-demo.egi.eu/auth/realms/egi",
  "https://aai-dev.egi.eu/auth/realms/egi",
];

/** The issuers of the settings, EGI's when they name none; a local one (development) may do without https. */
export function trustedIssuers(listed: readonly string[] | undefined, local: string | undefined): TrustedIssuers {
  const all = [...(local === undefined ? (listed ?? EGI) : [local, ...(listed ?? [])])].map(withoutTrailingSlashes);
  return {
    all,
    find: (iss) => all.find((issuer) => issuer === withoutTrailingSlashes(iss)),
    mayAsk(issuer, url) {
      if (!URL.canParse(url)) return false;
      const isLocal = local !== undefined && issuer === withoutTrailingSlashes(local);
      const { protocol, origin } = new URL(url);
      return protocol === "https:" || (isLocal && origin === new URL(issuer).origin);
    },
  };
}

import { withoutTrailingSlashes } from "../../../formats/trailing-slashes.ts";
import { OutboundError, outbound } from "../../../outside/outbound.ts";
import type { Config } from "../../config.ts";

const LIMITS = { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024 };
const MANIFESTS = [
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.oci.image.index.v1+json",
].join(", ");

/** The hosts by which image names mean Docker Hub, which is what the standard registry stands for. */
const DOCKER_HUB = /^(?:(?:index|registry-1)\.)?docker\.io\/(?=.)/i;

type Settings = Pick<Config, "EOSC_PERF_REGISTRY_URL" | "EOSC_PERF_REGISTRY_HOSTS">;

/**
 * Why a container image is not to be had, or undefined when its registry has it (contract section 5, Image check).
 * Names without a host, or with one of Docker Hub's, are looked up in the standard registry; of other hosts only those of the settings are asked.
 */
export async function imageRefusal(image: string, tag: string, settings: Settings): Promise<string | undefined> {
  const name = image.replace(DOCKER_HUB, "");
  const [first = "", ...rest] = name.split("/");
  const isElsewhere = first.includes(".") && rest.length > 0;
  const { EOSC_PERF_REGISTRY_URL: standard, EOSC_PERF_REGISTRY_HOSTS: hosts } = settings;
  if (isElsewhere && !isAsked(first, hosts)) return "Error: manifest not found";
  const base = isElsewhere ? `https://${first}` : withoutTrailingSlashes(standard);
  const repository = isElsewhere ? rest.join("/") : name.includes("/") ? name : `library/${name}`;
  try {
    const manifest = new URL(`${base}/v2/${escaped(repository)}/manifests/${encodeURIComponent(tag)}`);
    if (!manifest.pathname.includes("/manifests/") || manifest.origin !== new URL(base).origin) throw new TypeError();
    return reasonOf(await statusOf(manifest));
  } catch (error) {
    if (error instanceof OutboundError || error instanceof TypeError) return "Error: manifest not found";
    throw error;
  }
}

const isAsked = (host: string, hosts: readonly string[]) => hosts.includes(host.toLowerCase()) || hosts.includes("*");
const escaped = (path: string) => path.split("/").map(encodeURIComponent).join("/");

function reasonOf(status: number): string | undefined {
  if (status === 200) return undefined;
  if (status === 401) return "Error: not authorized";
  return status === 404 ? "Error: manifest not found" : "Error: pulling manifest";
}

async function statusOf(manifest: URL): Promise<number> {
  const ask = (headers: Record<string, string>) =>
    outbound(new Request(manifest, { headers: { accept: MANIFESTS, ...headers } }), {
      hosts: [manifest.host],
      ...LIMITS,
    });
  const answer = await ask({});
  const realm = answer.status === 401 ? tokenUrl(answer.headers.get("www-authenticate") ?? "", manifest) : undefined;
  if (realm === undefined) return answer.status;
  const granted = await outbound(new Request(realm), { hosts: [realm.host], ...LIMITS });
  const token = granted.status === 200 ? tokenIn(new TextDecoder().decode(granted.body)) : undefined;
  return token === undefined ? 401 : (await ask({ authorization: `Bearer ${token}` })).status;
}

/** Where a registry hands out tokens: only within its own domain, and no less secure than the registry. */
function tokenUrl(challenge: string, manifest: URL): URL | undefined {
  const named = Object.fromEntries(
    [...challenge.matchAll(/(?<!\w)(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  );
  if (!/^bearer\s/i.test(challenge) || !URL.canParse(named.realm ?? "")) return undefined;
  const url = new URL(named.realm ?? "");
  if (url.protocol !== manifest.protocol || domainOf(url) !== domainOf(manifest)) return undefined;
  for (const key of ["service", "scope"]) if (named[key] !== undefined) url.searchParams.set(key, named[key]);
  return url;
}

const domainOf = ({ hostname }: URL) => hostname.split(".").slice(-2).join(".");

function tokenIn(body: string): string | undefined {
  try {
    const { token, access_token } = Object(JSON.parse(body));
    const given: unknown = token ?? access_token;
    return typeof given === "string" && /^[\x21-\x7e]+$/.test(given) ? given : undefined;
  } catch {
    return undefined;
  }
}

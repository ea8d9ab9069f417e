import { lookup } from "node:dns/promises";
import ipaddr from "ipaddr.js";

/** Ranges in which no service lies that somebody lists: cloud metadata is among the link-local ones. */
const NEVER = ["linkLocal", "unspecified", "broadcast", "multicast", "reserved"];

/**
 * Whether a listed host may be asked by its addresses: none is link-local, reserved or of many, and only what is listed as
 * this machine leads to it. Names are looked up under Node; a Worker's platform reaches public addresses alone.
 */
export async function isReachable(hostname: string): Promise<boolean> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  const isLocal = bare === "localhost" || bare.endsWith(".localhost");
  if (ipaddr.isValid(bare)) return isAllowed(bare, true);
  if (typeof navigator !== "undefined" && navigator.userAgent === "Cloudflare-Workers") return true;
  const addresses = await lookup(bare, { all: true }).catch(() => []);
  return addresses.length > 0 && addresses.every(({ address }) => isAllowed(address, isLocal));
}

function isAllowed(address: string, mayBeThisMachine: boolean): boolean {
  const range = ipaddr.process(address).range();
  return !NEVER.includes(range) && (mayBeThisMachine || range !== "loopback");
}

import ipaddr from "ipaddr.js";

/** Which addresses the names of an allow-list may lead to: public ones, or those of private networks as well. */
export type AddressPolicy = "public" | "private";

/**
 * Ranges in which no service lies that somebody lists. Cloud metadata is among the link-local ones; the IPv6 ranges that
 * carry an IPv4 address inside would reach it by another spelling.
 */
const NEVER = [
  "linkLocal",
  "unspecified",
  "broadcast",
  "multicast",
  "reserved",
  "rfc6052",
  "rfc6145",
  "6to4",
  "teredo",
];

/** Looks up all addresses of a name; rejects when there are none. */
export type Lookup = (name: string) => Promise<readonly string[]>;

/** How names are looked up; none where the platform keeps private addresses out of reach by itself (a Worker). */
let resolver: Lookup | undefined;

/** Sets how names are looked up in this process. */
export function resolveNamesBy(lookup: Lookup): void {
  resolver = lookup;
}

/**
 * Whether a listed host may be asked by its addresses. An address that is listed itself may be private, or this machine;
 * a name may lead to this machine only if it says so (`localhost`).
 */
export async function isReachable(hostname: string, policy: AddressPolicy, lookup = resolver): Promise<boolean> {
  const name = hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(name)) return !NEVER.includes(ipaddr.process(name).range());
  if (lookup === undefined) return true;
  const addresses = await lookup(name).catch(() => []);
  return addresses.length > 0 && addresses.every((address) => mayLeadTo(name, address, policy));
}

/** Whether a connection that was made for a name may go to an address. */
export function mayLeadTo(name: string, address: string, policy: AddressPolicy): boolean {
  const range = ipaddr.process(address).range();
  if (NEVER.includes(range)) return false;
  if (range === "loopback") return name === "localhost" || name.endsWith(".localhost");
  return policy === "private" || range === "unicast";
}

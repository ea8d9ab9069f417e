import { isIPv4, isIPv6 } from "node:net";

const GROUPS = 8;
/** What one IPv6 caller has for itself, in groups of 16 bits: a /64. */
const OWN_GROUPS = 4;

/** What requests of a caller are counted under: its IPv4 address, or the /64 of its IPv6 address. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:/i, "");
  if (isIPv4(plain)) return plain;
  if (!isIPv6(address)) return "unknown";
  const [before = [], after = []] = address.split("::").map((side) => side.split(":").filter(Boolean));
  const gap = Array.from({ length: Math.max(0, GROUPS - before.length - after.length) }, () => "0");
  const own = [...before, ...gap, ...after].slice(0, OWN_GROUPS);
  return `${own.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** The caller in a header that a proxy sets: the last address, since earlier ones are whatever the caller sent. */
export function lastAddress(header: string | null): string | undefined {
  return header?.split(",").at(-1)?.trim();
}

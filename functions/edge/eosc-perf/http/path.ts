import { withoutTrailingSlashes } from "../../../formats/trailing-slashes.ts";

const UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
const STARTS_WITH_UUID = new RegExp(`^${UUID}`);

/**
 * A contract's path as the router takes it: ids are UUIDs in any case, and an action is part of its segment
 * (`/sites/{site_id}:approve`, `/sites:search`).
 */
export function servedPath(path: string): string {
  const served = path.split("/").map((segment) => {
    const [, id, action = ""] = /^\{(\w+)\}(:\w+)?$/.exec(segment) ?? [];
    if (id !== undefined) return `:${id}{${UUID}${action}}`;
    return segment.includes(":") ? `:action{${segment}}` : segment;
  });
  return served.join("/");
}

/** The id in the path, in lower case; "" on routes without one. */
export function idIn(params: Record<string, string>): string {
  const found = Object.values(params).find((value) => STARTS_WITH_UUID.test(value)) ?? "";
  return found.slice(0, 36).toLowerCase();
}

/**
 * The part of an address behind the mount as it is routed: without the prefix a proxy names in `X-Script-Name`, with
 * colons raw, and several slashes as one, since clients build `base + "/" + path` (contract section 1).
 */
export function routedPath(path: string, headers: Headers): string {
  const raw = path.replace(/%3a/gi, ":").replace(/\/{2,}/g, "/");
  const prefix = withoutTrailingSlashes(headers.get("x-script-name") ?? "");
  return prefix !== "" && (raw === prefix || raw.startsWith(`${prefix}/`)) ? raw.slice(prefix.length) : raw;
}

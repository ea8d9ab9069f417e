import { lastAddress } from "../http/caller-address.ts";
import { tokenBuckets } from "../http/rate-limiter.ts";
import type { RateLimits } from "../rate-limit.ts";
import type { NodeConfig } from "./config.ts";

type Settings = Pick<
  NodeConfig,
  "EDGE_ADDRESS_REQUESTS_PER_MINUTE" | "EDGE_TOKEN_REQUESTS_PER_MINUTE" | "EDGE_ADDRESS_HEADER"
>;

/** The limits of this process. `noteAddress` tells where a request's connection comes from, before it is served. */
export function nodeLimits(settings: Settings): {
  limits: RateLimits;
  noteAddress(request: Request, address: string | undefined): void;
} {
  const { EDGE_ADDRESS_HEADER: header, EDGE_TOKEN_REQUESTS_PER_MINUTE: perToken } = settings;
  const perAddress = settings.EDGE_ADDRESS_REQUESTS_PER_MINUTE;
  const addresses = new WeakMap<Request, string>();
  return {
    limits: {
      address: perAddress === 0 ? undefined : tokenBuckets(perAddress),
      token: perToken === 0 ? undefined : tokenBuckets(perToken),
      addressOf: (request) =>
        header === undefined ? addresses.get(request) : lastAddress(request.headers.get(header)),
    },
    noteAddress(request, address) {
      if (address !== undefined) addresses.set(request, address);
    },
  };
}

import type { Database } from "../../db/client.ts";
import type { FileStore } from "../files/file-store.ts";
import type { GitHost } from "../git-host/git-host.ts";
import type { ObjectStore } from "../outside/object-store.ts";
import type { Queue } from "../outside/queue.ts";
import type { Config } from "./config.ts";
import type { RateLimits } from "./rate-limit.ts";

/** What an entry file hands to the app: configuration and the drivers made from it. */
export type Services = {
  config: Config;
  db: Database;
  queue: Queue;
  objects: ObjectStore;
  /** The files below /qaboard/s. */
  files: FileStore;
  /** Where commits of /qaboard are read from; undefined while no Git host is set. */
  gitHost: GitHost | undefined;
  limits: RateLimits;
  /** What a supervisor says of other parts, by their names: whether they run. Empty where there is none. */
  supervised: Map<string, boolean>;
};

/** Hono's environment: services come in as bindings, a request's own values are variables. */
export type Env = {
  Bindings: Services;
  Variables: {
    requestId: string;
    /** Fields a handler adds to the request's one log line. */
    logFields: Record<string, string | number>;
    /** JSON text of the body, for routes whose rows keep its numbers. */
    bodyText?: string;
    /** What the route's access granted; joins its handler's input. */
    granted: object;
  };
};

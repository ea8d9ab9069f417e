import { errorMessage } from "../../db/errors.ts";
import { pgDatabase } from "../../db/pg-client.ts";
import { EDGE_STATEMENT_TIMEOUT_MS } from "../../db/timeouts.ts";
import { folderFiles } from "../files/folder-files.ts";
import type { Environment } from "../node/environment.ts";
import { type Running, runProcess } from "../node/run-process.ts";
import { createApp } from "./app.ts";
import { bodyBudget } from "./http/body-budget.ts";
import { log } from "./http/log.ts";
import { background } from "./node/background.ts";
import { everyHour } from "./node/clock.ts";
import { readNodeConfig } from "./node/config.ts";
import { nodeLimits } from "./node/limits.ts";
import { listen } from "./node/server.ts";
import { runScheduled } from "./scheduled.ts";
import { openServices } from "./services.ts";

/** The edge as a process of its own (self-host mode): the Worker's app by HTTP, PostgreSQL by `pg`, cron by the clock. */
async function startEdge(environment: Environment): Promise<Running> {
  const config = readNodeConfig(environment);
  const { db, end } = pgDatabase(config.DATABASE_URL, config.DATABASE_POOL_SIZE, {
    applicationName: "runledger-edge",
    statementTimeoutMs: EDGE_STATEMENT_TIMEOUT_MS,
  });
  const { limits, noteAddress } = nodeLimits(config);
  const files = config.QABOARD_FILES.length === 0 ? undefined : folderFiles(config.QABOARD_FILES);
  const services = openServices(config, db, limits, files);
  const app = createApp();
  const { context, finished } = background((error) => log("background work failed", { reason: errorMessage(error) }));
  const bodies = bodyBudget(config.EDGE_BODY_BUDGET_BYTES);
  const fetch = (request: Request, address: string | undefined) => {
    noteAddress(request, address);
    return bodies.during(request, () => app.fetch(request, services, context));
  };
  const server = await listen(fetch, config);
  const scheduled = () => runScheduled(services);
  const clock = everyHour(scheduled, (error) => log("cron failed", { reason: errorMessage(error) }));
  log("listening", { address: server.address, release: config.RELEASE });
  return {
    address: server.address,
    tasks: { scheduled },
    onPart: (part, isUp) => void services.supervised.set(part, isUp),
    async stop() {
      await Promise.all([server.close(), clock.stop()]);
      await finished();
      await end();
      log("stopped", {});
    },
  };
}

await runProcess(() => startEdge(process.env));

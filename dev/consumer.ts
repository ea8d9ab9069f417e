import { HEARTBEAT, HEARTBEAT_MS } from "../functions/node/run-process.ts";
import { FUNCTIONS, startConsumer } from "./consumer/pollers.ts";

/**
 * Entry of the consumer process: node dev/consumer.ts [function file] [dead-letter function file]. Its environment is
 * Lambda's. SIGTERM, or the end of the supervisor that holds the other end of the channel, lets it finish and exit.
 */
const [main = FUNCTIONS.main, deadLetter = FUNCTIONS.deadLetter] = process.argv.slice(2);
const consumer = await startConsumer({ main, deadLetter });

let stopping = false;
async function finish(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await consumer.stop();
  process.exit(0);
}
process.on("SIGTERM", finish);
process.on("disconnect", finish);
// Ctrl-C in a terminal is the supervisor's business.
process.on("SIGINT", () => {});
process.send?.("ready");
setInterval(() => process.connected && process.send?.(HEARTBEAT), HEARTBEAT_MS).unref();

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startStack } from "../../dev/stack.ts";
import { replayWebhooks } from "./github/webhooks.ts";
import { Tally } from "./tally.ts";

/** Secret that the recorded webhooks are signed with. */
const RECORDED_SECRET = "test-secret";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { filter: { type: "string", default: "" }, verbose: { type: "boolean", default: false } },
});
const recordings = resolve(process.env.RECORDINGS ?? join(import.meta.dirname, "recordings"));
const wanted = (source: string) => positionals.length === 0 || positionals.includes(source);

const dataDir = mkdtempSync(join(tmpdir(), "runledger-conformance-"));
const stack = await startStack({
  dataDir,
  durable: false,
  consumer: "in-process",
  env: { GITHUB_WEBHOOK_SECRET: RECORDED_SECRET },
  onLog: (part, line) => values.verbose && console.log(part, line),
});
const tally = new Tally();
try {
  if (wanted("github")) await replayWebhooks(stack, recordings, values.filter, tally);
} finally {
  await stack.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
console.log(String(tally));
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);

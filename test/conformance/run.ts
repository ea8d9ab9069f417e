import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { startGitHost } from "../../dev/git-host.ts";
import { startGithubRest } from "../../dev/github-rest.ts";
import { freePort } from "../../dev/ports.ts";
import { type StackMode, startStack } from "../../dev/stack.ts";
import { replayEoscPerf } from "./eosc-perf/cases.ts";
import { replayCases } from "./github/cases.ts";
import { replayWebhooks } from "./github/webhooks.ts";
import { replayKernelci } from "./kernelci/replay.ts";
import { SUBMIT_SECRET } from "./kernelci/submitter.ts";
import { qaboardSeed, replayQaboard } from "./qaboard/cases.ts";
import { qaboardSettings } from "./qaboard/settings.ts";
import { Tally } from "./tally.ts";

/** Secret that the recorded webhooks are signed with. */
const RECORDED_SECRET = "test-secret";

const MODES: Readonly<Record<string, readonly StackMode[]>> = {
  worker: ["worker"],
  node: ["node"],
  both: ["worker", "node"],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    filter: { type: "string", default: "" },
    mode: { type: "string", default: "both" },
    verbose: { type: "boolean", default: false },
  },
});
const modes = MODES[z.enum(["worker", "node", "both"]).parse(values.mode)] ?? [];
const recordings = resolve(process.env.RECORDINGS ?? join(import.meta.dirname, "recordings"));
const wanted = (source: string) => positionals.length === 0 || positionals.includes(source);

const total = new Tally();
for (const mode of modes) {
  const tally = await replayedIn(mode);
  console.log(`${mode === "worker" ? "Worker" : "self-host mode"}: ${tally}`);
  total.passed += tally.passed;
  total.failed += tally.failed;
}
console.log(String(total));
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

/** Replays everything wanted against a fresh stack of one mode. */
async function replayedIn(mode: StackMode): Promise<Tally> {
  const dataDir = mkdtempSync(join(tmpdir(), "runledger-conformance-"));
  const tally = new Tally();
  const rest = await startGithubRest({ folder: join(recordings, "github", "rest"), addresses: "recorded" });
  const stubPort = await freePort();
  const git = await startGitHost({ fixture: qaboardSeed(recordings, "git-fixture.json"), repository: "qa/demo" });
  const stack = await startStack({
    mode,
    dataDir,
    durable: false,
    consumer: "in-process",
    env: {
      GITHUB_WEBHOOK_SECRET: RECORDED_SECRET,
      GITHUB_API_URL: rest.url,
      KERNELCI_JWT_SECRET: SUBMIT_SECRET,
      ...qaboardSettings({ stubPort, gitUrl: git.url }),
    },
    onLog: (part, line) => values.verbose && console.log(part, line),
  });
  try {
    if (wanted("github")) {
      await replayCases(stack, rest, { recordings, filter: values.filter }, tally);
      await replayWebhooks(stack, recordings, values.filter, tally);
    }
    if (wanted("kernelci")) await replayKernelci(stack, recordings, values.filter, tally);
    if (wanted("qaboard")) await replayQaboard(stack, { recordings, filter: values.filter, stubPort }, tally);
    if (wanted("eosc-perf")) await replayEoscPerf(stack, dataDir, recordings, values.filter, tally);
  } finally {
    await stack.stop();
    await rest.stop();
    await git.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return tally;
}

import { commandLine } from "./command-line.ts";
import { migrate } from "./database/migrate.ts";
import { replay } from "./deliveries/replay.ts";
import { token } from "./eosc-perf/token.ts";
import { importOriginal } from "./github/import.ts";
import { scrape } from "./github/scrape.ts";
import { copy } from "./kernelci/copy.ts";
import { hardwareRegistry } from "./kernelci/hardware-registry.ts";
import { notify } from "./kernelci/notify.ts";
import { prune } from "./kernelci/prune.ts";
import { rebuild } from "./kernelci/rebuild.ts";
import { seed } from "./kernelci/seed.ts";
import { subscriptions } from "./kernelci/subscriptions.ts";
import { treeNames } from "./kernelci/tree-names.ts";
import { clean } from "./qaboard/clean.ts";
import { copy as qaboardCopy } from "./qaboard/copy.ts";
import { rebuild as qaboardRebuild } from "./qaboard/rebuild.ts";
import { seed as qaboardSeed } from "./qaboard/seed.ts";
import { sync } from "./qaboard/sync.ts";

/** Every operator command: `runledger <noun> <verb>`. */
await commandLine([
  { name: "database", summary: "the schema of the database", verbs: [migrate] },
  { name: "deliveries", summary: "what was received", verbs: [replay] },
  { name: "github", summary: "repositories of GitHub", verbs: [importOriginal, scrape] },
  {
    name: "kernelci",
    summary: "checkouts, builds and tests of KernelCI",
    verbs: [copy, hardwareRegistry, notify, prune, rebuild, seed, subscriptions, treeNames],
  },
  { name: "eosc-perf", summary: "benchmarks and results of EOSC-Perf", verbs: [token] },
  {
    name: "qaboard",
    summary: "projects, results and files of QA-Board",
    verbs: [clean, qaboardCopy, qaboardRebuild, qaboardSeed, sync],
  },
]).run(process.argv.slice(2));

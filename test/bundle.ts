import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Largest Worker the free plan takes, gzipped. */
const LIMIT_KIB = 3 * 1024;

const outdir = mkdtempSync(join(tmpdir(), "runledger-bundle-"));
const env = { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_SANITIZE: "true" };
const output = execFileSync("wrangler", ["deploy", "--dry-run", "--minify", "--outdir", outdir], {
  encoding: "utf8",
  env,
});
rmSync(outdir, { recursive: true, force: true });
const gzipped = Number(/gzip: ([\d.]+) KiB/.exec(output)?.[1] ?? Number.NaN);
console.log(`Worker bundle: ${gzipped} KiB gzipped, ${((100 * gzipped) / LIMIT_KIB).toFixed(1)} % of ${LIMIT_KIB} KiB`);
if (!(gzipped <= LIMIT_KIB)) process.exit(1);

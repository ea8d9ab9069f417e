import { type SpawnSyncOptionsWithStringEncoding, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const VERSION = "1.58.0";

/** CDK names dependencies that a reference implies already; nothing is wrong with that. */
const IGNORED = "W3005";

/** What became of linting: the linter's verdict, or why there is none. */
export type Lint = { ran: true; clean: boolean; findings: string } | { ran: false; reason: string };

/**
 * Lints CloudFormation templates with cfn-lint, which is a Python program: it is fetched with pip into `folder` once,
 * and touches nothing else of the machine. Without Python, pip or their index there is no verdict.
 */
export function lintTemplates(templates: readonly string[], folder: string): Lint {
  const python = spawnSync("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], quiet);
  if (python.status !== 0) return { ran: false, reason: "there is no python3" };
  const target = `${folder}/cfn-lint-${VERSION}-python-${python.stdout.trim()}`;
  const env = {
    ...process.env,
    PYTHONPATH: target,
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_ROOT_USER_ACTION: "ignore",
  };
  const lint = (args: readonly string[]) =>
    spawnSync("python3", [`${target}/bin/cfn-lint`, ...args], { ...quiet, env });
  // An install that was cut off leaves a folder that does not run.
  if (!existsSync(target) || lint(["--version"]).status !== 0) {
    const pip = ["-m", "pip", "install", "--quiet", "--upgrade", "--target", target, `cfn-lint==${VERSION}`];
    const installed = spawnSync("python3", pip, { ...quiet, timeout: 240_000, env: { ...env, PYTHONPATH: "" } });
    if (installed.status !== 0) return { ran: false, reason: `pip cannot bring it: ${lastLine(installed.stderr)}` };
  }
  const { status, stdout, stderr } = lint(["--ignore-checks", IGNORED, "--", ...templates]);
  return { ran: true, clean: status === 0, findings: `${stdout}${stderr}`.trim() };
}

const quiet: SpawnSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };

function lastLine(text: string | null): string {
  return text?.trim().split("\n").at(-1) || "no word of why";
}

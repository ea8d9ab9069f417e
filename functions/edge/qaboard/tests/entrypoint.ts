import { parseFilePath } from "../../../files/file-path.ts";
import { isJsonObject } from "../../../json-text/json-object.ts";
import type { Services } from "../../env.ts";
import type { TestCommit } from "./test-commit.ts";
import { UnlistableTests } from "./unlistable-tests.ts";

const MAX_BYTES = 1024 * 1024;
const DEFINITION = /^(?:def iter_inputs\b|iter_inputs *=)/;
const IMPORTED = /\biter_inputs\b/;

/** Whether a line of Python, at the module's level, gives it an `iter_inputs`. */
const defines = (line: string) => DEFINITION.test(line) || (line.startsWith("from ") && IMPORTED.test(line));

/**
 * Throws UnlistableTests when a commit's entrypoint is among its artifacts and finds inputs by itself: that takes running
 * it (contract section 9).
 */
export async function refuseOwnInputs({ files }: Pick<Services, "files">, commit: TestCommit): Promise<void> {
  const { entrypoint } = isJsonObject(commit.config.project) ? commit.config.project : {};
  const path = typeof entrypoint === "string" ? parseFilePath(`${commit.artifacts}/${entrypoint}`) : undefined;
  const bytes = path === undefined ? undefined : await files.read(path, MAX_BYTES);
  if (bytes === undefined || !new TextDecoder().decode(bytes).split("\n").some(defines)) return;
  throw new UnlistableTests(
    `${entrypoint} finds the inputs by its own iter_inputs(), which is not run here: \`qa batch --list\` shows the runs.`,
  );
}

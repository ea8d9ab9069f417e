import { parseFilePath } from "../../../files/file-path.ts";
import { isJsonObject } from "../../../json-text/json-object.ts";
import type { Services } from "../../env.ts";
import type { TestCommit } from "./test-commit.ts";
import { UnlistableTests } from "./unlistable-tests.ts";

const MAX_BYTES = 1024 * 1024;
const DEFINES = /^(?:def iter_inputs\b|iter_inputs *=|from .*\bimport\b.*\biter_inputs\b)/m;

/**
 * Throws UnlistableTests when a commit's entrypoint is among its artifacts and finds inputs by itself: that takes running
 * it (contract section 9).
 */
export async function refuseOwnInputs({ files }: Pick<Services, "files">, commit: TestCommit): Promise<void> {
  const { entrypoint } = isJsonObject(commit.config.project) ? commit.config.project : {};
  const path = typeof entrypoint === "string" ? parseFilePath(`${commit.artifacts}/${entrypoint}`) : undefined;
  const bytes = path === undefined ? undefined : await files.read(path, MAX_BYTES);
  if (bytes === undefined || !DEFINES.test(new TextDecoder().decode(bytes))) return;
  throw new UnlistableTests(
    `${entrypoint} finds the inputs by its own iter_inputs(), which is not run here: \`qa batch --list\` shows the runs.`,
  );
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CleanUpAt } from "./clean-up.ts";

/** An empty folder that goes when the test has finished, after what the test itself cleans up. */
export function temporaryFolder(cleanUpAt: CleanUpAt = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "runledger-dev-"));
  cleanUpAt(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

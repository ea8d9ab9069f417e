import * as z from "zod";
import { readSettings } from "../../dev/settings.ts";
import type { FileStore } from "../../functions/files/file-store.ts";
import { folderFiles } from "../../functions/files/folder-files.ts";
import { s3Files } from "../../functions/files/s3-files.ts";
import { openGitHost } from "../../functions/git-host/open-git-host.ts";
import { Config } from "../../functions/ingest/config.ts";
import { cleanCommit } from "../../functions/ingest/qaboard/clean/clean-commit.ts";
import { findCleanable } from "../../functions/ingest/qaboard/clean/clean-projects.ts";
import { readEnvironment } from "../../functions/node/environment.ts";
import { withDatabase } from "../database.ts";
import { flag } from "../values.ts";
import { defineVerb, UsageError } from "../verb.ts";

const SETTINGS = Config.pick({
  QABOARD_FILES: true,
  QABOARD_FILES_URL: true,
  QABOARD_STORAGE: true,
  QABOARD_STORAGE_USER: true,
  QABOARD_GIT_URL: true,
  QABOARD_GIT_KIND: true,
  QABOARD_GIT_TOKEN: true,
});

/** Cleans old results, as the schedule does (contract section 12.4). */
export const clean = defineVerb({
  name: "clean",
  summary: "delete the files of old results, as storage.garbage of each project says",
  description:
    "Rows, metrics and manifests stay, and so does everything of milestones and of projects that the Git host (QABOARD_GIT_URL) does not show. Stopped half-way, the same command goes on where it was.",
  options: [["--dry-run", "only say what would go"]],
  values: z.object({ dryRun: flag }),
  async run({ dryRun }, output) {
    const settings = readEnvironment(SETTINGS, process.env);
    const host = openGitHost(settings);
    if (host === undefined)
      throw new UsageError("Set QABOARD_GIT_URL: without the Git host nobody can say which commits are milestones.");
    const files = openFiles(settings);
    const counts = { commits: 0, outputs: 0, skipped: 0 };
    await withDatabase("qaboard clean", async (db) => {
      for await (const { found } of findCleanable(db, host, new Date())) {
        if (found === null) continue;
        if ("skipped" in found) {
          counts.skipped += 1;
          output.say(`${found.project} is left alone: ${found.skipped}.`);
          continue;
        }
        const { project, commit, plan } = found;
        const artifacts = plan.withArtifacts ? " and its artifacts" : "";
        output.say(`${project} ${commit.hexsha}: files of ${commit.outputs} outputs${artifacts}`);
        if (!dryRun) await cleanCommit({ db, files, settings }, commit, plan, () => true);
        counts.commits += 1;
        counts.outputs += commit.outputs;
      }
    });
    const done = dryRun ? "would be deleted" : "are deleted";
    output.result(
      { ...counts, dryRun },
      `The files of ${counts.outputs} outputs of ${counts.commits} commits ${done}; ${counts.skipped} projects are left alone.`,
    );
  },
});

/** The files that the consumer works with. */
function openFiles(settings: z.infer<typeof SETTINGS>): FileStore {
  if (settings.QABOARD_FILES.length > 0) return folderFiles(settings.QABOARD_FILES);
  const { aws, ports } = readSettings(process.env);
  const embedded = {
    bucketUrl: `http://127.0.0.1:${ports.aws}/runledger`,
    region: "eu-central-1",
    accessKeyId: "embedded",
    secretAccessKey: "embedded",
  };
  const { bucketUrl, ...credentials } = aws ?? embedded;
  return s3Files(settings.QABOARD_FILES_URL ?? bucketUrl, credentials);
}

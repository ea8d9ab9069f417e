import { openGitHost } from "../../git-host/open-git-host.ts";
import { CleanMessage } from "../../messages/clean.ts";
import { taskBody } from "../../messages/task-message.ts";
import { log } from "../log.ts";
import { storableJson, textOf } from "../parse-body.ts";
import { parsed } from "../parsed.ts";
import type { Resources } from "../resources.ts";
import { sendOn } from "../send-on.ts";
import type { Task } from "../tasks.ts";
import { cleanCommit } from "./clean/clean-commit.ts";
import { type Found, findCleanable } from "./clean/clean-projects.ts";

const TURN_MS = 5_000;

/** Cleans old results, commit by commit for some seconds, and sends on what is left then. */
export const clean: Task = async (delivery, resources) => {
  const asked = parsed(CleanMessage, storableJson(textOf(delivery.body)));
  const host = openGitHost(resources.config);
  // Without the Git host nobody can say which commits are milestones.
  if (host === undefined) return;
  const end = performance.now() + TURN_MS;
  let steps = 0;
  // Each turn does something, however long the Git host takes.
  const mayGoOn = () => steps === 0 || performance.now() < end;
  for await (const { cursor, found } of findCleanable(resources.db, host, new Date(asked.begunAt), asked.from)) {
    if (!mayGoOn() || !(await cleanOne(found, resources, mayGoOn)))
      return await sendOn(delivery, resources, { body: taskBody({ ...asked, from: cursor }) });
    if (found !== null) steps += 1;
  }
};

/** Gives whether nothing is left to do of it. */
async function cleanOne(found: Found | null, { db, files, config }: Resources, mayGoOn: () => boolean) {
  if (found === null) return true;
  if ("commit" in found) return await cleanCommit({ db, files, settings: config }, found.commit, found.plan, mayGoOn);
  log("not cleaned", { project: found.project, reason: found.skipped });
  return true;
}

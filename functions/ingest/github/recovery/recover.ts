import { type RecoveryMessage as Body, RecoveryMessage } from "../../../messages/github-recovery.ts";
import { taskBody } from "../../../messages/task-message.ts";
import { log } from "../../log.ts";
import { storableJson, textOf } from "../../parse-body.ts";
import { parsed } from "../../parsed.ts";
import type { Resources } from "../../resources.ts";
import { sendOn } from "../../send-on.ts";
import type { Task } from "../../tasks.ts";
import { pauseSeconds } from "../rest/pause.ts";
import { GithubRefusal } from "../rest/refusal.ts";
import { readLog } from "./read-log.ts";
import { redeliver } from "./redeliver.ts";
import { repairRuns } from "./repair-runs.ts";

/** Waits in a row after which a recovery ends: the next one, an hour later at most, looks for the same. */
const MOST_TRIES = 9;

/** Does one piece of a recovery (contract section 6) and sends what follows from it on; safe to do twice. */
export const recover: Task = async (delivery, resources) => {
  const work = parsed(RecoveryMessage, storableJson(textOf(delivery.body)));
  const waitSeconds = secondsUntil(work.notBefore);
  if (waitSeconds > 0) return await sendOn(delivery, resources, { afterSeconds: waitSeconds });
  for (const next of await afterDoing(work, resources))
    await sendOn(delivery, resources, { body: taskBody(next), afterSeconds: secondsUntil(next.notBefore) });
};

/** What is to be done next; when GitHub refuses for now, the same later. */
async function afterDoing(work: Body, resources: Resources): Promise<Body[]> {
  try {
    return await doPiece(work, resources);
  } catch (error) {
    if (!(error instanceof GithubRefusal)) throw error;
    const seconds = work.tries >= MOST_TRIES ? undefined : pauseSeconds(error, work.tries, resources.config);
    const hook = "hook" in work ? work.hook : undefined;
    log("recovery refused", { job: work.job, hook, reason: error.message, againAfterSeconds: seconds ?? null });
    if (seconds === undefined) return [];
    return [{ ...work, tries: work.tries + 1, notBefore: new Date(Date.now() + seconds * 1_000).toISOString() }];
  }
}

async function doPiece(work: Body, resources: Resources): Promise<Body[]> {
  switch (work.job) {
    case "start":
      return begin(resources);
    case "log":
      return await readLog(work, resources);
    case "redeliver":
      return await redeliver(work, resources);
    case "runs":
      return await repairRuns(resources);
  }
}

/** Nothing is asked of GitHub as nobody: that is a person's choice. */
function begin({ config, github }: Resources): Body[] {
  if (!github.isSignedIn) return [];
  const hooks = [...new Set([...config.GITHUB_HOOKS, ...(github.asApp === undefined ? [] : ["app"])])];
  return [
    ...hooks.map((hook): Body => ({ v: 1, job: "log", hook, page: null, newest: null, tries: 0 })),
    { v: 1, job: "runs", tries: 0 },
  ];
}

function secondsUntil(instant: string | undefined): number {
  return instant === undefined ? 0 : Math.max(0, (Date.parse(instant) - Date.now()) / 1_000);
}

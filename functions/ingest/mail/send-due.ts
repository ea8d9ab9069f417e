import type { Database } from "../../../db/client.ts";
import {
  type Mail,
  postponeMail,
  postponeOthers,
  settleMail,
  takeDueMail,
  type Way,
} from "../../../db/upserts/ledger/outbox.ts";
import { log } from "../log.ts";
import { backoffSeconds, keptReason } from "../outcome.ts";
import type { Resources } from "../resources.ts";
import type { Delivered } from "./smtp.ts";

/** What becomes of a row of the outbox: something that is handed over, or a reason why it never can be. */
export type Prepared = { hand(): Promise<Delivered> } | { failed: string } | { notSent: string };

/** One way out of a source's outbox, and how its rows are prepared. */
export type Exit = Way & { prepare(mail: Mail): Prepared };

/** What became of one row; `away`: the other side took nothing, and would not take the next one either. */
type Step = "none due" | "done with" | "away";

/**
 * Hands over what is due, oldest first, until `end`; true when more may be due. A row is marked in the transaction that
 * holds it while it is handed over, so no two consumers send it; one that dies between the other side's yes and the
 * mark sends it once more. For what was not taken `tryLater` is called before the commit: what is due later always has its
 * message.
 */
export async function sendDue(
  { db, config }: Pick<Resources, "db" | "config">,
  exit: Exit,
  { end, tryLater }: { end: number; tryLater: (seconds: number) => Promise<void> },
): Promise<boolean> {
  let step: Step = "done with";
  while (step === "done with" && performance.now() < end)
    step = await db.transaction((tx) => sendNext(tx, exit, config.RETRY_BASE_SECONDS, tryLater));
  return step === "done with";
}

async function sendNext(
  tx: Database,
  exit: Exit,
  baseSeconds: number,
  tryLater: (seconds: number) => Promise<void>,
): Promise<Step> {
  const began = performance.now();
  const mail = await takeDueMail(tx, exit);
  if (mail === undefined) return "none due";
  const about = { mailId: mail.id, mailEvent: mail.event, about: mail.about.id };
  const settle = async (state: "sent" | "not_sent" | "failed", note: string | null = null) => {
    await settleMail(tx, mail.id, { state, note });
    log(`mail ${state.replace("_", " ")}`, about);
    return "done with" as const;
  };
  const prepared = exit.prepare(mail);
  if ("failed" in prepared) return await settle("failed", prepared.failed);
  if ("notSent" in prepared) return await settle("not_sent", prepared.notSent);
  const delivered = await prepared.hand();
  if (delivered.is === "taken") return await settle("sent");
  const reason = keptReason(delivered.reason, 500);
  if (delivered.is === "refused") return await settle("failed", reason);
  const seconds = delivered.afterSeconds ?? backoffSeconds(mail.tries + 1, baseSeconds);
  // The database counts from when the transaction began, the other side from its answer.
  const dueSeconds = seconds + (performance.now() - began) / 1_000;
  await postponeMail(tx, mail.id, dueSeconds, reason);
  if (delivered.is === "away") await postponeOthers(tx, exit, dueSeconds);
  await tryLater(seconds);
  log("mail postponed", { ...about, tries: mail.tries + 1, seconds, reason });
  return delivered.is === "away" ? "away" : "done with";
}

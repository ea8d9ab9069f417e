import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { insertChatMessage } from "../../../../db/upserts/kernelci/chat-messages.ts";
import { OUTBOX_TASK } from "../../../messages/outbox.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { packTask } from "../../../messages/task-message.ts";
import type { Env } from "../../env.ts";
import { log } from "../../http/log.ts";

const MAX_REASON = 500;
const MAX_ADDRESS = 600;
const MAX_BODY = 600;

/**
 * Tells the operators' chat, after the answer, what was noticed at a request (contract part 09, Discord); nothing while no
 * webhook is set. `holds` may still decide against it.
 */
export function tellChat(c: Context<Env>, message: string, holds: () => Promise<boolean> = async () => true): void {
  const { config, db, queue, objects } = c.env;
  if (config.KERNELCI_DISCORD_WEBHOOK_URL === undefined) return;
  const trace = c.get("requestId");
  const body = c.get("bodyText") ?? "";
  const text = [
    message,
    "Endpoint:",
    quoted(c.req.url, MAX_ADDRESS),
    ...(body === "" ? [] : ["Body:", quoted(body, MAX_BODY)]),
  ];
  const tell = async () => {
    if (!(await holds()) || !(await insertChatMessage(db, text.join("\n")))) return;
    await queue.send(await packTask({ ...OUTBOX_TASK, id: newReceiptId(), source: "kernelci", trace }, objects));
  };
  c.executionCtx.waitUntil(tell().catch((error) => log("chat not told", { requestId: trace, reason: String(error) })));
}

/** Tells the chat of each response of 500 and above. */
export const tellsOfFailures = createMiddleware<Env>(async (c, next) => {
  await next();
  const { status, headers } = c.res;
  if (status < 500 || c.env.config.KERNELCI_DISCORD_WEBHOOK_URL === undefined) return;
  const isJson = headers.get("content-type")?.startsWith("application/json") === true;
  const reason = isJson ? await c.res.clone().text() : "Internal Server Error";
  tellChat(c, `Status ${status}\nReason:\n${quoted(reason, MAX_REASON)}`);
});

/** A text as a code block, in which the chat formats nothing. */
function quoted(text: string, maxLength: number): string {
  const inert = text.toWellFormed().replace(/[`\p{Cc}]/gu, " ");
  return `\`\`\`\n${inert.slice(0, maxLength).toWellFormed()}\n\`\`\``;
}

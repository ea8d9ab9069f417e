import * as z from "zod";
import { type OutboundAnswer, OutboundError, outbound } from "../../../outside/outbound.ts";
import type { Delivered } from "../../mail/smtp.ts";
import type { NotificationSettings } from "./settings.ts";

/** Posts texts to a channel. */
export type Chat = { post(text: string): Promise<Delivered> };

const LIMITS = { timeoutMs: 10_000, maxBytes: 65_536 };
/** What a message may have (Discord's execute-webhook). */
const MAX_CHARACTERS = 2_000;
const MAX_WAIT_SECONDS = 900;

const SENDER = {
  username: "KernelCI Dashboard Notifications",
  avatar_url: "https://avatars.githubusercontent.com/u/11725450?s=200&v=4",
  // Nothing that a caller wrote may call anybody.
  allowed_mentions: { parse: [] },
};

const Limited = z.object({ retry_after: z.number().nonnegative() });

/** Discord by its webhook; undefined when none is set. */
export function discordChat({ KERNELCI_DISCORD_WEBHOOK_URL: url }: NotificationSettings): Chat | undefined {
  if (url === undefined) return undefined;
  const hosts = [new URL(url).host];
  return {
    async post(text) {
      const body = JSON.stringify({ content: text.slice(0, MAX_CHARACTERS).toWellFormed(), ...SENDER });
      const headers = new Headers({ "content-type": "application/json" });
      try {
        return outcomeOf(await outbound({ url, method: "POST", headers, body }, { ...LIMITS, hosts }));
      } catch (error) {
        if (error instanceof OutboundError) return { is: "away", reason: error.message };
        throw error;
      }
    },
  };
}

function outcomeOf({ status, headers, body }: OutboundAnswer): Delivered {
  if (status >= 200 && status < 300) return { is: "taken" };
  const reason = `the webhook answered ${status}`;
  if (status === 429) return { is: "away", reason, afterSeconds: waitOf(headers, body) };
  return { is: status >= 500 || status === 408 ? "away" : "refused", reason };
}

/** Seconds after which a limited webhook takes messages again, whole ones as the queue knows them. */
function waitOf(headers: Headers, body: Uint8Array): number | undefined {
  const said = Limited.safeParse(parseJson(new TextDecoder().decode(body))).data?.retry_after;
  const seconds = said ?? Number(headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(MAX_WAIT_SECONDS, Math.max(1, Math.ceil(seconds))) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

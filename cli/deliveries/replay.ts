import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { openSecrets } from "../../dev/secrets.ts";
import { readSettings } from "../../dev/settings.ts";
import { confirmed } from "../confirm.ts";
import type { Output } from "../output.ts";
import { flag } from "../values.ts";
import { defineVerb, UsageError } from "../verb.ts";

const Counted = z.object({ count: z.int() });
const Begun = z.object({ links: z.object({ self: z.string() }) });
const Status = z.object({
  state: z.enum(["queued", "running", "done", "failed"]),
  replayed: z.int(),
  skipped: z.int(),
  reason: z.string().nullable(),
});
const Refused = z.object({ message: z.string() });

const Values = z.object({
  state: z.array(z.string()).optional(),
  source: z.string().optional(),
  reason: z.string().optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  url: z.url({ protocol: /^https?$/, error: "--url must be an http:// or https:// URL" }).optional(),
  dryRun: flag,
  yes: flag,
});

/** Sends all refused deliveries of a filter through the consumer once more, by the routes that serve replays. */
export const replay = defineVerb({
  name: "replay",
  summary: "send all refused deliveries of a filter through the consumer once more",
  description: "Each is sent at most once. It says how many there are before it asks.",
  options: [
    ["--state <state...>", "dead or rejected (default: both)"],
    ["--source <source>", "of this source, as github"],
    ["--reason <text>", "whose reason contains this"],
    ["--since <time>", "received then or later, as 2026-01-31T12:00:00Z"],
    ["--until <time>", "received before then"],
    ["--url <url>", "where Runledger answers (default: the instance on this machine). Its admin token is ADMIN_TOKEN"],
    ["--dry-run", "only say how many"],
    ["--yes", "replay without asking"],
  ],
  values: Values,
  async run({ url, dryRun, yes, ...filter }, output) {
    const settings = readSettings(process.env);
    const base = (url ?? `http://127.0.0.1:${settings.ports.edge}`).replace(/\/$/, "");
    const token = process.env.ADMIN_TOKEN ?? (url === undefined ? openSecrets(settings.dataDir).adminToken : undefined);
    if (token === undefined) throw new UsageError("Set ADMIN_TOKEN to the admin token of that instance.");
    const ask = async (body: object) =>
      await call(`${base}/deliveries/replays`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const { count } = Counted.parse(await ask(filter));
    output.say(`${count} deliveries match.`);
    if (dryRun || count === 0) return output.result({ count, replayed: 0 });
    if (!(await confirmed(`Replay ${count} deliveries?`, yes))) return;
    const { links } = Begun.parse(await ask({ ...filter, confirm: count }));
    await follow(base + links.self, count, output);
  },
});

/** Shows how far a replay is until it has ended. Throws when it failed. */
async function follow(url: string, count: number, output: Output): Promise<void> {
  for (let shown = ""; ; await sleep(500)) {
    const { state, replayed, skipped, reason } = Status.parse(await call(url));
    const line = `${replayed} of ${count} replayed${skipped === 0 ? "" : `, ${skipped} skipped: their raw body is gone`}`;
    if (line !== shown) output.progress(line);
    shown = line;
    if (state === "done") return output.result({ count, replayed, skipped });
    if (state === "failed") throw new Error(`The replay failed: ${reason}`);
  }
}

/** The JSON of an answer. Throws with the message of any other. */
async function call(url: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(url, init);
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return body;
  const said = Refused.safeParse(body).data?.message ?? "no reason was given";
  if (answer.status === 400) throw new UsageError(said);
  throw new Error(`${new URL(url).origin} answered ${answer.status}: ${said}`);
}

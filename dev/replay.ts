import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { runCommand, UsageError } from "./kernelci/command.ts";
import { confirmed } from "./kernelci/confirm.ts";
import { openSecrets } from "./secrets.ts";
import { readSettings } from "./settings.ts";

const USAGE = `Usage: npm run replay -- [--state dead|rejected] [options]

Sends all refused deliveries of a filter through the consumer once more, each at most once. Says how many before it asks.

  --state S       dead or rejected; both by default, and with --state twice
  --source S      of this source, as github
  --reason TEXT   whose reason contains this
  --since TIME    received then or later, as 2026-01-31T12:00:00Z
  --until TIME    received before then
  --url URL       where Runledger answers; the instance on this machine by default. Its admin token is ADMIN_TOKEN
  --dry-run       only says how many
  --yes           replays without asking`;

const OPTIONS = {
  state: { type: "string", multiple: true },
  source: { type: "string" },
  reason: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  url: { type: "string" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
} as const;

const Counted = z.object({ count: z.int() });
const Begun = z.object({ links: z.object({ self: z.string() }) });
const Status = z.object({
  state: z.enum(["queued", "running", "done", "failed"]),
  replayed: z.int(),
  skipped: z.int(),
  reason: z.string().nullable(),
});
const Refused = z.object({ message: z.string() });

await runCommand(USAGE, OPTIONS, async ({ url, "dry-run": isDry, yes, ...filter }) => {
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
  console.log(`${count} deliveries match.`);
  if (isDry || count === 0 || !(await confirmed(`Replay ${count} deliveries?`, yes))) return;
  const { links } = Begun.parse(await ask({ ...filter, confirm: count }));
  await follow(base + links.self, count);
});

/** Shows how far a replay is until it has ended. Throws when it failed. */
async function follow(url: string, count: number): Promise<void> {
  for (let shown = ""; ; await sleep(500)) {
    const { state, replayed, skipped, reason } = Status.parse(await call(url));
    const line = `${replayed} of ${count} replayed${skipped === 0 ? "" : `, ${skipped} skipped: their raw body is gone`}`;
    if (line !== shown) console.log(line);
    shown = line;
    if (state === "done") return;
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

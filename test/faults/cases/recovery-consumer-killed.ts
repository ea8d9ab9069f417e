import { setTimeout as sleep } from "node:timers/promises";
import type { GithubRest } from "../../../dev/github-rest.ts";
import type { Fault, Scene } from "../fault.ts";
import { askAsAdmin, countCutAnswers, killWhileAsking, startBadGithub } from "../github-stand-in.ts";
import type { Delivery } from "../story.ts";

const HOOK = "iree-org/iree-like:4711";
const MISSED = 60;
const STORED_WITHIN_MS = 180_000;
const AGE_EVERY_MS = 5_000;

let rest: GithubRest | undefined;

/**
 * Webhooks were missed, and the consumer dies (SIGKILL) while it has GitHub, which answers badly, send them again: each is
 * stored once. What was claimed by a consumer that died is asked for again an hour later; the fault moves that hour on.
 */
export const recoveryConsumerKilled: Fault = {
  name: "recovery-consumer-killed",
  quick: true,
  killsConsumer: true,
  visibilityTimeoutSeconds: 3,
  maxReceiveCount: 50,
  async between() {
    const started = await startBadGithub({ logPerPage: 10 });
    rest = started.rest;
    return { ...started.between, env: { ...started.between.env, GITHUB_HOOKS: HOOK } };
  },
  async run(scene) {
    if (rest === undefined) throw new Error("the stand-in is not there");
    const missed = scene.load.slice(-MISSED);
    await scene.sender.send(scene.load.slice(0, -MISSED));
    logAsFailed(rest, missed);
    let over = false;
    const sendingAgain = sendWhatIsAskedFor(scene, rest, missed, () => over);
    await askAsAdmin(scene, "/github/recoveries");
    const [kills, left] = await Promise.all([
      killWhileAsking(scene, rest, () => over),
      untilStored(scene, missed).finally(() => {
        over = true;
      }),
    ]);
    await sendingAgain;
    return [...left, ...(kills > 0 ? [] : ["the consumer was never killed"])];
  },
  /** Each asking is noted before it happens; only one whose answer broke off is given back, and may have been heard. */
  async check({ pool }) {
    if (rest === undefined || rest.redelivered.length === 0) return ["nothing was asked for again"];
    const { rows } = await pool.query<{ tries: number }>(
      "select coalesce(sum(tries), 0)::int as tries from github.failed_deliveries",
    );
    const allowed = (rows[0]?.tries ?? 0) + countCutAnswers(rest);
    const asked = rest.redelivered.length;
    return asked <= allowed ? [] : [`${asked} redeliveries were asked for, where ${allowed} are accounted for`];
  },
};

/** Has the stand-in's log say that GitHub could not deliver these. */
function logAsFailed({ repositories }: GithubRest, missed: readonly Delivery[]): void {
  const log = repositories.find(({ repo }) => HOOK.startsWith(`${repo.full_name}:`))?.deliveries ?? [];
  const now = Date.now();
  const failed = missed.map(({ key, event }, n) => ({
    ...{
      id: 300_000_000_000 + n,
      guid: key,
      event,
      redelivery: false,
      status: "Service Unavailable",
      status_code: 503,
    },
    ...{ delivered_at: new Date(now - (MISSED - n) * 1_000).toISOString(), duration: 10 },
  }));
  log.splice(0, log.length, ...failed.toReversed());
}

/** Plays GitHub, which sends the deliveries that it was asked for, as often as it was asked. */
async function sendWhatIsAskedFor(
  { sender }: Scene,
  { redelivered }: GithubRest,
  missed: readonly Delivery[],
  isOver: () => boolean,
): Promise<void> {
  const known = new Map(missed.map((delivery, n) => [300_000_000_000 + n, delivery]));
  for (let next = 0; !isOver() || next < redelivered.length; await sleep(20)) {
    const deliveries = redelivered.slice(next).flatMap((id) => known.get(id) ?? []);
    next = redelivered.length;
    await sender.send(deliveries);
  }
}

/** Waits until all are stored, and has claims age in the meantime; what is left after three minutes. */
async function untilStored(scene: Scene, missed: readonly Delivery[]): Promise<string[]> {
  const end = performance.now() + STORED_WITHIN_MS;
  const keys = missed.map(({ key }) => key);
  for (let next = performance.now() + AGE_EVERY_MS; ; await sleep(200)) {
    const { rowCount } = await scene.pool.query("select from ledger.inbox where key = any($1)", [keys]);
    if (rowCount === missed.length) return [];
    if (performance.now() > end) return [`${rowCount} of ${missed.length} missed deliveries are stored`];
    if (performance.now() < next) continue;
    next = performance.now() + AGE_EVERY_MS;
    await scene.pool.query("update github.failed_deliveries set asked_at = asked_at - interval '1 hour'");
    await askAsAdmin(scene, "/github/recoveries");
  }
}

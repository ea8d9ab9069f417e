import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { GithubRest } from "../../../dev/github-rest.ts";
import { differences } from "../../conformance/github/rows.ts";
import { recordedRows } from "../../support/recorded-rows.ts";
import type { Fault, Scene } from "../fault.ts";
import { askAsAdmin, killWhileAsking, startBadGithub } from "../github-stand-in.ts";
import { wrongRunCounts } from "../run-counts.ts";

const DONE_WITHIN_MS = 240_000;
const Begun = z.object({ url: z.url() });
const Status = z.looseObject({ state: z.string(), last_error: z.string().nullable() });

let rest: GithubRest | undefined;
let urls: string[] = [];

/** The consumer dies (SIGKILL) while it scrapes, and GitHub answers 429, 500 and 502, slowly or by half: all rows are right. */
export const scrapeConsumerKilled: Fault = {
  name: "scrape-consumer-killed",
  quick: true,
  killsConsumer: true,
  visibilityTimeoutSeconds: 3,
  maxReceiveCount: 50,
  async between() {
    const started = await startBadGithub();
    rest = started.rest;
    return started.between;
  },
  async run(scene) {
    if (rest === undefined) throw new Error("the stand-in is not there");
    urls = [];
    for (const { repo } of rest.repositories)
      urls.push(Begun.parse(await askAsAdmin(scene, `/github/repos/${repo.full_name}/scrapes`)).url);
    const ended = untilEnded(urls);
    let over = false;
    void ended.finally(() => {
      over = true;
    });
    const kills = await killWhileAsking(scene, rest, () => over);
    const { kills: wanted } = scene.scale;
    return [...(await ended), ...(kills === wanted ? [] : [`there were ${kills} kills instead of ${wanted}`])];
  },
  async audit({ pool }: Scene) {
    const expected = recordedRows();
    const count = Object.values(expected).reduce((sum, rows) => sum + rows.length, 0);
    const wrong = [...(await differences(pool, expected)), ...(await wrongRunCounts(pool))];
    const found = wrong.length === 0 ? count : 0;
    const note = `${rest?.requests.length} requests to GitHub`;
    return {
      sent: urls.length,
      accepted: urls.length,
      stored: found,
      rejected: 0,
      dead: 0,
      lost: 0,
      double: 0,
      note,
      wrong,
    };
  },
};

/** Waits until scrapes have ended; those that did not end well. */
async function untilEnded(scrapes: readonly string[]): Promise<string[]> {
  const end = performance.now() + DONE_WITHIN_MS;
  for (;;) {
    const statuses = await Promise.all(scrapes.map(async (url) => Status.parse(await (await fetch(url)).json())));
    const open = statuses.filter(({ state }) => state !== "done");
    if (open.length === 0) return [];
    if (open.some(({ state }) => state === "failed") || performance.now() > end)
      return open.map(({ state, last_error }) => `a scrape is ${state}: ${last_error}`);
    await sleep(200);
  }
}

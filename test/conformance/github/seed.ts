import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import * as z from "zod";
import type { GithubRest } from "../../../dev/github-rest.ts";
import type { Stack } from "../../../dev/stack.ts";
import { recordedRows } from "../../support/recorded-rows.ts";
import { differences } from "./rows.ts";

const WAIT_MS = 120_000;
const Begun = z.object({ url: z.url() });
const Status = z.looseObject({ state: z.string() });

/**
 * Brings a stack to the state `github-iree-like` (contract section 12): has it scrape every repository that the stand-in
 * for GitHub serves, as an operator would. Throws when a scrape does not end well.
 */
export async function scrapeServed({ edgeUrl, adminToken }: Stack, { repositories }: GithubRest): Promise<void> {
  for (const { repo } of repositories) {
    const answer = await fetch(`${edgeUrl}/github/repos/${repo.full_name}/scrapes`, {
      method: "POST",
      headers: { authorization: `Bearer ${adminToken}` },
    });
    if (answer.status !== 202) throw new Error(`a scrape is answered ${answer.status}: ${await answer.text()}`);
    await untilDone(Begun.parse(await answer.json()).url);
  }
}

async function untilDone(url: string): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const status = Status.parse(await (await fetch(url)).json());
    if (status.state === "done") return;
    if (status.state === "failed" || Date.now() > deadline) throw new Error(`not scraped: ${JSON.stringify(status)}`);
    await sleep(100);
  }
}

/** What differs between the store and the recorded rows, which are exactly what a correct scrape gives. */
export async function unlikeSeed(pool: Pool, recordings: string): Promise<string[]> {
  return await differences(pool, recordedRows(undefined, recordings));
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { differences, emptyStore } from "../conformance/github/rows.ts";
import { githubRest, IREE_LIKE, TURBINE_LIKE } from "../support/github-rest.ts";
import { recordedRows } from "../support/recorded-rows.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const TOKEN = "ghp_givenOnTheCommandLine";
const scratch = scratchDatabase();
const rest = githubRest({ token: TOKEN });
beforeEach(() => emptyStore(scratch().pool));

/** Runs the command as `npm run scrape -- …` does. */
function scrape(args: string[], env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "../../cli/runledger.mjs"), "github", "scrape", ...args],
    {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: scratch().url,
        GITHUB_API_URL: rest().url,
        RETRY_BASE_SECONDS: "0.1",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = once(child, "close").then(([code, signal]) => ({ code: code ?? signal, output }));
  return { child, ended };
}

test("interrupted and called again it goes on where it was, and tells how far it is", async () => {
  const args = ["-r", IREE_LIKE, "-k", TOKEN, "-m", "150", "-pwd", "whatever"];
  const first = scrape(args);
  rest().onRequest = () => void (rest().requests.length === 60 && first.child.kill("SIGKILL"));
  expect((await first.ended).code).toBe("SIGKILL");
  const second = await scrape(args).ended;
  expect(second.code).toBe(0);
  expect(second.output).toMatch(/150 runs, \d+ attempts, \d+ jobs \(\d+ requests\)\n$/);
  expect(second.output + (await first.ended).output).not.toContain(TOKEN);
  const { rows } = await scratch().pool.query("select state, counts->'runs' as runs from github.scrapes");
  expect(rows).toEqual([{ state: "done", runs: 150 }]);
  const repeated = rest().requests.filter(({ path }, i, all) => all.findIndex((other) => other.path === path) < i);
  // The first page of runs is read twice by rule; a turn cut off has at most 25 runs.
  expect(repeated.length).toBeLessThanOrEqual(1 + 27);
});

test("the smaller repository gives its recorded rows; the token may come from the environment", async () => {
  expect((await scrape(["-r", TURBINE_LIKE], { GITHUB_TOKEN: TOKEN }).ended).code).toBe(0);
  expect(await differences(scratch().pool, recordedRows(TURBINE_LIKE))).toEqual([]);
});

test("a failure is told with its reason and an exit status", async () => {
  const { code, output } = await scrape(["-r", "iree-org/not-there", "-k", TOKEN]).ended;
  expect(code).toBe(1);
  expect(output).toContain("Failed: GitHub answered 404: Not Found");
});

test.each([
  [[], "-r must be owner/name"],
  [["-r", "iree"], "-r must be owner/name"],
  [["-r", "a/b", "-m", "0"], "-m must be a number of runs"],
  [["-r", "a/b", "-t", "yesterday"], "-t must be a time"],
  [["-r", "a/b", "--what"], "unknown option '--what'"],
])("%j is answered with the usage", async (args, problem) => {
  const { code, output } = await scrape(args).ended;
  expect(code).toBe(2);
  expect(output).toContain(problem);
  expect(output).toContain("Usage: runledger github scrape");
});

test("without any database it says what to do", async () => {
  const { code, output } = await scrape(["-r", "a/b"], { DATABASE_URL: "", RUNLEDGER_DATA: temporaryFolder() }).ended;
  expect(code).toBe(1);
  expect(output).toContain("run npm start in another terminal, or set DATABASE_URL");
  expect(rest().requests).toEqual([]);
});

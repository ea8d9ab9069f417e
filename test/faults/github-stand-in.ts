import { setTimeout as sleep } from "node:timers/promises";
import { type GithubRest, type GithubRestOptions, startGithubRest } from "../../dev/github-rest.ts";
import type { Between, Scene } from "./fault.ts";

const TOKEN = "ghp_ofTheFaults";
/** Each so many answers breaks off, which leaves whoever asked unsure. */
const CUT_EVERY = 37;
const KILLED_WITHIN_MS = 120_000;

/** A stand-in for GitHub's REST API that is slow now and then and answers 500, 502 and 429, and what stands between. */
export async function startBadGithub(options: GithubRestOptions = {}): Promise<{ rest: GithubRest; between: Between }> {
  const rest = await startGithubRest({ token: TOKEN, ...options });
  let requests = 0;
  rest.misbehave({
    secondaryLimit: { every: 61, retryAfter: 1, status: 429 },
    badGatewayEvery: 23,
    cutEvery: CUT_EVERY,
  });
  rest.onRequest = async () => {
    requests += 1;
    await sleep(requests % 17 === 0 ? 300 : 5);
  };
  rest.refuse = () => (requests % 29 === 0 ? { status: 500, body: { message: "Server Error" } } : undefined);
  const env = {
    GITHUB_API_URL: rest.url,
    GITHUB_API_URLS: `https://api.github.com ${rest.url}`,
    GITHUB_TOKEN: TOKEN,
    GITHUB_SECONDARY_WAIT_SECONDS: "1",
  };
  return { rest, between: { env, stop: rest.stop } };
}

/** Answers of the stand-in that broke off so far. */
export const countCutAnswers = ({ requests }: GithubRest) => Math.floor(requests.length / CUT_EVERY);

/** Kills the consumer (SIGKILL) after each so many further requests to the stand-in, until `isOver`; the number of kills. */
export async function killWhileAsking(
  { stack, scale, random }: Scene,
  { requests }: GithubRest,
  isOver: () => boolean,
): Promise<number> {
  const end = performance.now() + KILLED_WITHIN_MS;
  let kills = 0;
  for (let next = 3; kills < scale.kills && !isOver() && performance.now() < end; ) {
    await sleep(2);
    if (requests.length < next || stack.consumer.pid === undefined) continue;
    await sleep(random() * 30);
    stack.consumer.kill("SIGKILL");
    kills += 1;
    next = requests.length + 4 + Math.floor(random() * 10);
  }
  return kills;
}

/** Asks for something as an admin does, until it is taken; the parsed answer. */
export async function askAsAdmin({ stack }: Scene, path: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${stack.adminToken}` };
  const answer = await fetch(`${stack.edgeUrl}${path}`, { method: "POST", headers });
  if (answer.status !== 202) throw new Error(`${path} was answered with ${answer.status}`);
  return await answer.json();
}

import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { type Ask, madeBy } from "./asks.ts";
import { answerQuestions } from "./child.ts";
import { type Measured, Pace, Target } from "./load.ts";

/** Entry of the load generator: asks what it is told to, over kept connections, and times every answer. */
answerQuestions(z.object({ question: z.object({ target: Target, pace: Pace }) }), async ({ target, pace }) => {
  const asks = await asksOf(target);
  const connections = pace.loop === "closed" ? pace.connections : pace.loop === "open" ? 256 : 1;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answers: Measured["answers"] = [];
  const start = performance.now();
  let next = 0;
  const turn = async () => {
    const index = next++ % asks.length;
    const ask = asks[index];
    if (ask === undefined) throw new Error("there is nothing to ask");
    const asked = performance.now();
    const answer = await answerTo(agent, ask);
    const answered = performance.now();
    answers.push({ index, ms: answered - asked, at: performance.timeOrigin + answered, ...answer });
  };
  if (pace.loop === "turns") {
    for (let i = 0; i < pace.times * asks.length; i += 1) await turn();
  } else if (pace.loop === "closed") {
    const until = start + pace.seconds * 1_000;
    const loop = async () => {
      while (performance.now() < until) await turn();
    };
    await Promise.all(Array.from({ length: connections }, loop));
  } else {
    const turns = Array.from({ length: pace.perSecond * pace.seconds }, async (_, i) => {
      await sleep((i * 1_000) / pace.perSecond);
      await turn();
    });
    await Promise.all(turns);
  }
  const seconds = (performance.now() - start) / 1_000;
  agent.destroy();
  const bytes = asks.reduce((sum, { body }) => sum + (body?.byteLength ?? 0), 0);
  return { seconds, meanBytes: bytes / asks.length, answers } satisfies Measured;
});

async function asksOf(target: Target): Promise<Ask[]> {
  if (target.kind === "deliver") return await madeBy(target.maker, target.given);
  const { urls, headers, body } = target;
  return urls.map((url) => ({ url, headers, ...(body === undefined ? {} : { body: Buffer.from(body) }) }));
}

function answerTo(agent: Agent, { url, headers, body, fresh }: Ask): Promise<{ status: number; location?: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; location?: string }>();
  const method = body === undefined ? "GET" : "POST";
  const asked = request(url, { agent, headers: { ...headers, ...fresh?.() }, method }, (answer) => {
    const { location } = answer.headers;
    answer.once("end", () =>
      resolve({ status: answer.statusCode ?? 0, ...(location === undefined ? {} : { location }) }),
    );
    answer.once("error", reject);
    answer.resume();
  });
  asked.once("error", reject);
  asked.end(body);
  return promise;
}

import { createHmac, randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { answerQuestions } from "./child.ts";
import { mixedDelivery } from "./deliveries.ts";
import { type Measured, Pace, Target } from "./load.ts";

/** Entry of the load generator: asks what it is told to, over kept connections, and times every answer. */
answerQuestions(z.object({ question: z.object({ target: Target, pace: Pace }) }), async ({ target, pace }) => {
  const asks = asksOf(target);
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

type Ask = { url: string; headers: Record<string, string | number>; body?: Buffer };

function asksOf(target: Target): Ask[] {
  if (target.kind === "read") return target.urls.map((url) => ({ url, headers: target.headers }));
  const { url, secret, repoId, first, distinct } = target;
  return Array.from({ length: distinct }, (_, i) => {
    const { event, body } = mixedDelivery(repoId, first + i);
    const signature = createHmac("sha256", secret).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "content-length": body.byteLength,
      "x-github-event": event,
      "x-hub-signature-256": `sha256=${signature}`,
    };
    return { url, headers, body };
  });
}

function answerTo(agent: Agent, { url, headers, body }: Ask): Promise<{ status: number; location?: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; location?: string }>();
  const named = body === undefined ? headers : { ...headers, "x-github-delivery": randomUUID() };
  const asked = request(url, { agent, headers: named, method: body === undefined ? "GET" : "POST" }, (answer) => {
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

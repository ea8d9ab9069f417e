import { once } from "node:events";
import { Agent, createServer, type IncomingHttpHeaders, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { portOf } from "../../dev/ports.ts";

/** What becomes of a request: passed on; passed on once more by the way; answered in vain; refused with 503; not found;
 * answered with the first half of the body only; answered three seconds late; never answered, until the caller hangs up. */
export type Verdict = "pass" | "send twice" | "lose the answer" | "refuse" | "not found" | "truncate" | "slow" | "hang";

const SLOW_MS = 3_000;

/** A request as far as a verdict needs it; `action` is the SQS action, or the method for the object store. */
export type Seen = { action: string; url: string; bytes: number };

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** An HTTP proxy in front of the queue and object store on `target`; `judge` decides request by request. */
export async function startQueueProxy(target: number, judge: (seen: Seen) => Verdict) {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      const { method = "GET", url = "/", headers } = incoming;
      const action = String(headers["x-amz-target"] ?? method).replace("AmazonSQS.", "");
      const verdict = judge({ action, url, bytes: body.byteLength });
      const forward = () => pass(target, agent, { method, url, headers }, body);
      if (verdict === "refuse") return void outgoing.writeHead(503).end();
      if (verdict === "not found") return void outgoing.writeHead(404).end();
      if (verdict === "hang") return;
      if (verdict === "slow") await sleep(SLOW_MS);
      const [answer] = await Promise.all(verdict === "send twice" ? [forward(), forward()] : [forward()]);
      if (verdict === "lose the answer") return void outgoing.destroy();
      if (verdict === "truncate" && answer !== undefined) {
        const half = answer.body.subarray(0, answer.body.byteLength / 2);
        // The length is that of the half, so that only the content tells.
        const { "content-length": _, "transfer-encoding": __, ...rest } = answer.headers;
        return void outgoing.writeHead(answer.status, { ...rest, "content-length": half.byteLength }).end(half);
      }
      outgoing.writeHead(answer?.status ?? 502, answer?.headers).end(answer?.body);
    } catch {
      outgoing.destroy();
    }
  });
  server.listen({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const port = portOf(server);
  return {
    queueUrl: `http://127.0.0.1:${port}/000000000000/runledger`,
    bucketUrl: `http://127.0.0.1:${port}/runledger`,
    async stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

function pass(
  port: number,
  agent: Agent,
  head: { method: string; url: string; headers: IncomingHttpHeaders },
  body: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method, url: path, headers } = head;
    const sent = request({ host: "127.0.0.1", port, agent, method, path, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of answer) chunks.push(chunk);
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) });
      } catch (error) {
        reject(error);
      }
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

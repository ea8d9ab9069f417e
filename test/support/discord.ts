import { once } from "node:events";
import { createServer } from "node:http";
import * as z from "zod";

/** What a webhook is posted (Discord's execute-webhook). */
const Posted = z.object({
  content: z.string(),
  username: z.string(),
  avatar_url: z.string(),
  allowed_mentions: z.object({ parse: z.array(z.string()) }),
});

type Answer = { status: number; body?: string; headers?: Record<string, string> };

/** A webhook on this machine that keeps what it takes; `answers` are given first, one a request, then it takes everything. */
export async function startDiscord(answers: Answer[] = []) {
  const taken: z.infer<typeof Posted>[] = [];
  const asked: { at: number; status: number; path: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { status, body: said = "", headers = {} } = answers.shift() ?? { status: 204 };
    asked.push({ at: performance.now(), status, path: request.url ?? "" });
    if (status === 204) taken.push(Posted.parse(JSON.parse(body)));
    response.writeHead(status, headers).end(said);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the webhook has no port");
  return {
    url: `http://127.0.0.1:${address.port}/api/webhooks/1/a-token`,
    taken,
    asked,
    answers,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

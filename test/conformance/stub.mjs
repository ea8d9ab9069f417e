// A stand-in for the outside services that some recordings need (GitLab's API, Jenkins, webhook targets).

import { readFileSync } from "node:fs";
import { createServer } from "node:http";

/** Serves {"METHOD /path": {status, headers, json | body}} on 127.0.0.1:port; `{base}` in an answer is the stub's own base URL. */
export async function startStub(port, file) {
  const routes = JSON.parse(readFileSync(file, "utf8"));
  const server = createServer(async (request, response) => {
    const base = `http://127.0.0.1:${server.address().port}`;
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    const url = new URL(request.url, base);
    const send = (status, headers, text) => response.writeHead(status, headers).end(text);
    if (url.pathname === "/echo") {
      const seen = {
        method: request.method,
        query: Object.fromEntries(url.searchParams),
        body,
        authorization: request.headers.authorization ?? null,
      };
      return send(200, { "content-type": "application/json", "x-echo": "yes" }, JSON.stringify(seen));
    }
    const path = request.url.split("?")[0];
    const answer = routes[`${request.method} ${request.url}`] ?? routes[`${request.method} ${path}`];
    if (!answer) return send(404, { "content-type": "application/json" }, JSON.stringify({ message: "404 Not Found" }));
    const text = answer.json === undefined ? (answer.body ?? "") : JSON.stringify(answer.json);
    const headers = {
      "content-type": answer.json === undefined ? "text/plain" : "application/json",
      ...answer.headers,
    };
    const own = (t) => String(t).replaceAll("{base}", base);
    send(answer.status ?? 200, Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, own(v)])), own(text));
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  server.unref();
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

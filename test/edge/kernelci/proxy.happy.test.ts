import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { logHost } from "../../support/log-host.ts";
import { ownEdge } from "../../support/own-edge.ts";

const LOG = "boot: ok\n".repeat(2_000);
const held = Promise.withResolvers<void>();

const logs = logHost((request, response) => {
  const path = request.url ?? "";
  if (path === "/moved") return void response.writeHead(302, { location: "/log.txt" }).end();
  if (path === "/gzipped")
    return void response
      .writeHead(200, { "content-type": "text/plain", "content-encoding": "gzip" })
      .end(gzipSync(LOG));
  if (path === "/slow") {
    response.writeHead(200, { "content-type": "text/plain" });
    response.write("first\n");
    return void held.promise.then(() => response.end("last\n"));
  }
  if (path === "/untyped") return void response.end(LOG);
  response
    .writeHead(200, {
      "content-type": "text/x-log",
      "content-disposition": 'attachment; filename="a.log"',
      "content-length": Buffer.byteLength(LOG),
      "x-of-the-host": "1",
      "set-cookie": "session=stolen",
      "keep-alive": "timeout=7",
    })
    .end(LOG);
});
const edge = ownEdge(() => ({ KERNELCI_LOG_HOSTS: logs.get().host }));

const proxied = (path: string, init: RequestInit = {}) =>
  fetch(`${edge().url}/kernelci/api/proxy/?url=${encodeURIComponent(`http://${logs.get().host}${path}`)}`, init);

test("a log comes with its type, its name and its bytes", async () => {
  const answer = await proxied("/log.txt", { headers: { "accept-encoding": "identity" } });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(LOG);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/x-log",
    "content-disposition": 'attachment; filename="a.log"',
  });
});

test("a redirect within the list is followed", async () => {
  expect(await (await proxied("/moved")).text()).toBe(LOG);
});

test("what the host compressed comes decoded, without the length of the encoded bytes", async () => {
  const answer = await proxied("/gzipped", { headers: { "accept-encoding": "identity" } });
  expect(await answer.text()).toBe(LOG);
  expect([null, String(LOG.length)]).toContain(answer.headers.get("content-length"));
});

test("a log without a type is a stream of bytes", async () => {
  expect((await proxied("/untyped")).headers.get("content-type")).toBe("application/octet-stream");
});

test("a browser gets the log as it is", async () => {
  const answer = await proxied("/log.txt", { headers: { accept: "text/html" } });
  expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["text/x-log", LOG]);
});

test("HEAD answers with the headers alone", async () => {
  const answer = await proxied("/log.txt", { method: "HEAD" });
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
});

test("a log is passed on as it comes, before its end", async () => {
  // Past the harness that reads answers whole before it hands them on.
  const { request } = await import("node:http");
  const url = `${edge().url}/kernelci/api/proxy/?url=${encodeURIComponent(`http://${logs.get().host}/slow`)}`;
  const parts: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const sent = request(url, { headers: { "accept-encoding": "identity" } }, (response) => {
      response.on("data", (part: Buffer) => {
        parts.push(part.toString());
        held.resolve();
      });
      response.on("end", resolve);
    });
    sent.on("error", reject).end();
  });
  expect(parts.join("")).toBe("first\nlast\n");
});

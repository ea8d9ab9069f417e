import { request } from "node:http";
import { expect, test } from "vitest";
import { logHost } from "../../support/log-host.ts";
import { ownEdge } from "../../support/own-edge.ts";

const MAX_BYTES = 100_000;
const letGo = Promise.withResolvers<void>();

const logs = logHost((asked, response) => {
  const path = asked.url ?? "";
  const [, status] = /^\/status\/(\d+)$/.exec(path) ?? [];
  if (status !== undefined) return void response.writeHead(Number(status)).end();
  if (path === "/broken") return void response.destroy();
  if (path === "/large")
    return void response.writeHead(200, { "content-length": MAX_BYTES + 1 }).end("x".repeat(MAX_BYTES + 1));
  if (path === "/endless") {
    response.writeHead(200);
    const more = setInterval(() => response.write("x".repeat(10_000)), 20);
    return void response.on("close", () => {
      clearInterval(more);
      letGo.resolve();
    });
  }
  if (path === "/round") return void response.writeHead(302, { location: "/round" }).end();
  if (path === "/nowhere") return void response.writeHead(302, { location: "http://" }).end();
  response.end("a log");
});
const edge = ownEdge(() => ({
  KERNELCI_LOG_HOSTS: `${logs.get().host}, 127.0.0.1:9`,
  KERNELCI_LOG_MAX_BYTES: String(MAX_BYTES),
}));

const proxied = async (url: string) => {
  const answer = await fetch(`${edge().url}/kernelci/api/proxy/?url=${encodeURIComponent(url)}`);
  return [answer.status, await answer.json()];
};
const proxiedPath = (path: string) => proxied(`http://${logs.get().host}${path}`);

test.each([
  "",
  "files.kernelci.org/x",
  "ftp://files.kernelci.org/x",
  "http://",
  "//files.kernelci.org/x",
  "javascript:1",
  "http://[::1",
])("'%s' is not a URL to fetch", async (url) => expect(await proxied(url)).toEqual([400, { error: "Invalid URL" }]));

test("without a URL the answer says so", async () => {
  const answer = await fetch(`${edge().url}/kernelci/api/proxy/`);
  expect([answer.status, await answer.json()]).toEqual([400, { error: "Invalid URL" }]);
});

test.each([
  [404, "Not Found"],
  [403, "Forbidden"],
  [500, "Internal Server Error"],
  [206, "Partial Content"],
])("a host's status %i is answered with its reason", async (status, reason) => {
  expect(await proxiedPath(`/status/${status}`)).toEqual([status, { error: `Failed to fetch resource: ${reason}` }]);
});

test.each([204, 205, 304])("a host's status %i, which has no body, is a 502", async (status) => {
  expect((await proxiedPath(`/status/${status}`))[0]).toBe(502);
});

test("a host that hangs up is a 500", async () => {
  expect(await proxiedPath("/broken")).toEqual([500, { error: "Error fetching the resource" }]);
});

test("a host that is not there is a 500", async () => {
  expect(await proxied("http://127.0.0.1:9/log")).toEqual([500, { error: "Error fetching the resource" }]);
});

test("a log that says it is too large is refused", async () => {
  expect(await proxiedPath("/large")).toEqual([
    502,
    { error: `Failed to fetch resource: it is larger than ${MAX_BYTES} bytes` },
  ]);
});

test("a log that grows too large is broken off, and its host is let go", async () => {
  const url = `${edge().url}/kernelci/api/proxy/?url=${encodeURIComponent(`http://${logs.get().host}/endless`)}`;
  const { size, isWhole } = await new Promise<{ size: number; isWhole: boolean }>((resolve) => {
    let size = 0;
    request(url, { headers: { "accept-encoding": "identity" } }, (response) => {
      response.on("data", (part: Buffer) => {
        size += part.length;
      });
      response.on("close", () => resolve({ size, isWhole: response.complete })).on("error", () => {});
    })
      .on("error", () => {})
      .end();
  });
  await letGo.promise;
  expect(isWhole).toBe(false);
  expect(size).toBeLessThanOrEqual(MAX_BYTES);
});

test("redirects without end are given up", async () => {
  expect(await proxiedPath("/round")).toEqual([502, { error: "Failed to fetch resource: too many redirects" }]);
});

test("a redirect to no URL is a 400", async () => {
  expect(await proxiedPath("/nowhere")).toEqual([400, { error: "Invalid URL" }]);
});

test("another method is not allowed", async () => {
  const answer = await fetch(`${edge().url}/kernelci/api/proxy/?url=http://${logs.get().host}/`, { method: "POST" });
  expect(answer.status).toBe(405);
});

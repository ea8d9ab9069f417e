import { expect, test } from "vitest";
import { logHost } from "../../support/log-host.ts";
import { ownEdge } from "../../support/own-edge.ts";

const row = '<tr><td><a href="a.log">a.log</a></td><td>1 kB</td><td>today</td></tr>';
const page = (rows: string) => `<table id="list"><tbody>${rows}</tbody></table>`;

const logs = logHost((request, response) => {
  const path = request.url ?? "";
  if (path === "/gone") return void response.writeHead(404).end();
  if (path === "/failed") return void response.writeHead(500).end();
  if (path === "/broken") return void response.destroy();
  if (path === "/large") return void response.end("x".repeat(1_048_577));
  if (path === "/empty") return void response.end(page(""));
  if (path === "/other") return void response.end("<p>no list</p>");
  response.end(page(row));
});
const edge = ownEdge(() => ({ KERNELCI_LOG_HOSTS: logs.get().host }));

const listed = async (query: string) => {
  const answer = await fetch(`${edge().url}/kernelci/api/log-downloader/${query}`);
  return [answer.status, await answer.json()];
};
const at = (path: string) => listed(`?log_download_url=${encodeURIComponent(`http://${logs.get().host}${path}`)}`);

test("the logs of a page are listed", async () => {
  expect(await at("/")).toEqual([
    200,
    { log_files: [{ specific_log_url: "a.log", file_name: "a.log", file_size: "1 kB", date: "today" }] },
  ]);
});

test("a page without logs is nothing found", async () => {
  expect(await at("/empty")).toEqual([200, { error: "No log files found" }]);
});

test.each([
  ["/other", "Table with id 'list' not found"],
  ["/gone", /^404 Client Error: Not Found for url: /],
  ["/failed", /^500 Server Error: /],
  ["/broken", "The host does not answer."],
  ["/large", /larger than/],
])("%s is a 400 that says why", async (path, reason) => {
  const message = typeof reason === "string" ? reason : expect.stringMatching(reason);
  expect(await at(path)).toEqual([400, { error: message }]);
});

test.each([
  "",
  "?log_download_url=",
  "?log_download_url=not-an-address",
  "?log_download_url=ftp://files.kernelci.org/",
])("%s names no URL", async (query) => {
  expect(await listed(query)).toEqual([400, { error: expect.stringMatching(/^Invalid URL '/) }]);
});

test("a host that is not listed is a 403", async () => {
  expect(await listed("?log_download_url=https://example.org/")).toEqual([403, { error: "Domain not allowed" }]);
});

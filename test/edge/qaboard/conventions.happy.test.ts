import { request } from "node:http";
import { expect, inject, test } from "vitest";
import { ask } from "../../support/qaboard.ts";

/** Asks under another host's name. */
function askHost(host: string, path: string): Promise<{ status: number | undefined; location: string | undefined }> {
  return new Promise((resolve, reject) => {
    request(`${inject("stack").edgeUrl}${path}`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, location: answer.headers.location });
    })
      .on("error", reject)
      .end();
  });
}

test("a path whose last slash was left out is a redirect to the absolute address, whatever the method", async () => {
  const base = `${inject("stack").edgeUrl}/qaboard`;
  for (const [method, path] of [
    ["POST", "/output"],
    ["GET", "/output/5?x=1&y=a%20b"],
    ["DELETE", "/batch/5?soft=true"],
    ["GET", "/commits?project=a/b"],
    ["DELETE", "/commit/group/repo/abc/batches"],
    ["GET", "/user/me"],
  ] as const) {
    const answer = await ask(method, path, method === "POST" ? { json: {} } : {});
    const [address = "", query] = path.split("?");
    const location = `${base}/api/v1${address}/${query === undefined ? "" : `?${query}`}`;
    expect([answer.status, answer.headers.get("location")]).toEqual([308, location]);
  }
});

test("paths without a last slash are answered directly", async () => {
  const statuses = async (path: string) => (await ask("GET", path)).status;
  expect(await statuses("/projects")).toBe(200);
  expect(await statuses("/projects/")).toBe(404);
  expect(await statuses("/commits/master?project=a/b")).toBe(200);
  expect(await statuses("/commits/master/?project=a/b")).toBe(200);
  expect(await statuses("/commit/abc/?project=a/b")).toBe(404);
});

test("on a host of its own the API is at the root, its redirects too", async () => {
  const { port } = new URL(inject("stack").edgeUrl);
  const host = `qaboard.localhost:${port}`;
  expect(await askHost(host, "/api/v1/projects")).toMatchObject({ status: 200 });
  expect(await askHost(host, "/api/v1/output/5")).toEqual({ status: 308, location: `http://${host}/api/v1/output/5/` });
});

test("every answer may be read by pages of every origin, and preflights are answered", async () => {
  for (const [method, path] of [
    ["GET", "/projects"],
    ["GET", "/nothing"],
    ["POST", "/output/"],
  ] as const) {
    expect((await ask(method, path)).headers.get("access-control-allow-origin")).toBe("*");
    const { headers } = await ask(method, path, { headers: { origin: "https://page.example" } });
    expect(headers.get("access-control-allow-origin")).toBe("https://page.example");
    expect(headers.get("vary")).toContain("Origin");
  }
  const preflight = await ask("OPTIONS", "/output/", {
    headers: {
      origin: "https://page.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    },
  });
  expect(preflight.status).toBe(200);
  expect(preflight.headers.get("access-control-allow-methods")).toBe("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
  expect(preflight.headers.get("access-control-allow-headers")).toBe("content-type");
});

test("of a parameter that is repeated the first value counts", async () => {
  const answer = await ask("GET", "/commit/abc?project=first&project=second");
  expect(Object(answer.json).error).toContain("in project first.");
});

import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { kernelciBase } from "../../support/kernelci-reads.ts";
import { ownObjects } from "../../support/kernelci-rows.ts";
import { ownEdge } from "../../support/own-edge.ts";

const pool = testPool();
const uncached = ownEdge(() => ({ KERNELCI_CACHE_TIMEOUT: "0" }));
/** Under Node there is no cache of a data centre: every answer is new. */
const isKept = inject("stack").mode === "worker";

const statusOf = async (url: string, init?: RequestInit) => {
  const body: unknown = await (await fetch(url, init)).json();
  return typeof body === "object" && body !== null && "status" in body ? body.status : body;
};

test("a Worker keeps an answer under its whole address, and no-cache brings a new one", async () => {
  const { buildId } = await ownObjects(pool);
  const url = `${kernelciBase()}/build/${buildId}`;
  expect(await statusOf(url)).toBe("PASS");
  await pool.query("update kernelci.builds set status = 'FAIL' where id = $1", [buildId]);
  expect(await statusOf(url)).toBe(isKept ? "PASS" : "FAIL");
  expect(await statusOf(`${url}?x=1`)).toBe("FAIL");
  expect(await statusOf(url, { headers: { "cache-control": "no-cache" } })).toBe("FAIL");
  expect(await statusOf(url)).toBe("FAIL");
});

test("what was not found is not kept, so it shows as soon as it is there", async () => {
  const id = `later:${randomUUID()}`;
  const url = `${kernelciBase()}/build/${id}`;
  const missing = await fetch(url);
  expect([await missing.json(), missing.headers.get("cache-control")]).toEqual([
    { error: "Build not found" },
    "no-cache",
  ]);
  await ownObjects(pool, { build: { id } });
  expect(await statusOf(url)).toBe("PASS");
});

test("a kept answer is not shown as another kind, nor to another origin as its own", async () => {
  const { buildId } = await ownObjects(pool);
  const url = `${kernelciBase()}/build/${buildId}`;
  expect((await fetch(url)).headers.get("content-type")).toBe("application/json");
  expect((await fetch(url, { headers: { accept: "text/html" } })).headers.get("content-type")).toContain("text/html");
  const again = await fetch(url, { headers: { origin: "https://a.example.org" } });
  expect([again.headers.get("content-type"), again.headers.get("access-control-allow-origin")]).toEqual([
    "application/json",
    "*",
  ]);
  expect((await fetch(url)).headers.get("access-control-allow-origin")).toBeNull();
});

test("with a time of 0 nothing is kept", async () => {
  const { buildId } = await ownObjects(pool);
  const url = `${uncached().url}/kernelci/api/build/${buildId}`;
  expect((await fetch(url)).headers.get("cache-control")).toBe("max-age=0");
  await pool.query("update kernelci.builds set status = 'FAIL' where id = $1", [buildId]);
  expect(await statusOf(url)).toBe("FAIL");
});

import { expect, inject, test } from "vitest";
import { errorCode, getAs } from "../../support/deliveries-api.ts";
import { servedRoutes } from "../../support/served-routes.ts";

const { edgeUrl } = inject("stack");

test("the reference page runs its own scripts and nothing else", async () => {
  const answer = await fetch(`${edgeUrl}/docs`);
  const page = await answer.text();
  const policy = answer.headers.get("content-security-policy") ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  expect(nonce.length).toBeGreaterThan(20);
  expect(policy.split("; ").sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
  ]);
  const scripts = [...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
  expect(scripts).toHaveLength(2);
  for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
  expect(
    scripts.filter((tag) => /src="https:\/\/cdn\.jsdelivr\.net\/npm\/@scalar\/api-reference@\d+\.\d+\.\d+\//.test(tag)),
  ).toHaveLength(1);
  const again = (await fetch(`${edgeUrl}/docs`)).headers.get("content-security-policy");
  expect(again).not.toBe(policy);
});

test("every answer bears the security headers, whatever its status", async () => {
  const paths = [
    "/health",
    "/ready",
    "/metrics",
    "/openapi.json",
    "/docs/errors",
    "/deliveries",
    "/nowhere",
    "/github/nowhere",
  ];
  for (const path of paths) {
    const { headers } = await fetch(edgeUrl + path);
    expect([path, Object.fromEntries(headers)]).toEqual([
      path,
      expect.objectContaining({
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
    ]);
  }
});

test("what is not served is told in the shape of whoever is asked", async () => {
  const own = await fetch(`${edgeUrl}/nowhere`);
  expect([own.status, await errorCode(own)]).toEqual([404, "not_found"]);
  const github = await fetch(`${edgeUrl}/github/nowhere`);
  expect([github.status, await github.json()]).toEqual([
    404,
    expect.objectContaining({ message: "Not Found", status: "404" }),
  ]);
  expect(await getAs("eosc-perf.localhost", "/nowhere")).toEqual({
    status: 404,
    body: { code: 404, status: "Not Found" },
  });
  expect(await getAs("github.localhost", "/nowhere")).toMatchObject({ status: 404, body: { message: "Not Found" } });
});

/** Methods of QA-Board's other patterns that an address fits too: `/batch/{id}/` is `/batch/move/` as well. */
function overlapping(path: string, methods: ReadonlyMap<string, readonly string[]>): string[] {
  if (!path.startsWith("/qaboard/")) return [];
  const parts = path.split("/");
  const fits = (other: string) => {
    const others = other.split("/");
    return others.length === parts.length && others.every((part, at) => part === "{id}" || part === parts[at]);
  };
  // A commit's id may hold slashes.
  const read = path.startsWith("/qaboard/api/v1/commit/") ? ["GET", "HEAD"] : [];
  return [...read, ...[...methods].flatMap(([other, served]) => (fits(other) ? served : []))];
}

test("every address refuses the methods it does not serve, and names those it does", async () => {
  const methods = new Map<string, string[]>();
  for (const route of servedRoutes()) {
    // Routes of one address may give its parts other names.
    const [method = "", path = ""] = route.replace(/\{[a-z_]+\}/g, "{id}").split(" ");
    methods.set(path, [...(methods.get(path) ?? []), ...(method === "GET" ? ["GET", "HEAD"] : [method])]);
  }
  for (const [path, own] of methods) {
    const allowed = [...new Set([...own, ...overlapping(path, methods)])];
    const filled = path.replaceAll("{id}", path.startsWith("/eosc-perf/") ? crypto.randomUUID() : "1");
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"].filter((one) => !allowed.includes(one))) {
      const answer = await fetch(edgeUrl + filled, { method, ...(method === "GET" ? {} : { body: "{}" }) });
      // Where browsers ask first, OPTIONS is served by the middleware for them.
      const allow = answer.headers.get("allow")?.replace(/, OPTIONS$/, "");
      expect([method, filled, answer.status, allow?.split(", ").sort()]).toEqual([method, filled, 405, allowed.sort()]);
    }
  }
});

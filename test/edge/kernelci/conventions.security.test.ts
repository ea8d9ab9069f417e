import { expect, test } from "vitest";
import { ask, seededKernelci } from "../../support/kernelci-reads.ts";
import { ownEdge } from "../../support/own-edge.ts";

seededKernelci();
const DASHBOARD = "https://dashboard.example.org";
const listed = ownEdge(() => ({ KERNELCI_CORS_ALLOWED_ORIGINS: `["${DASHBOARD}", "https://other.example.org"]` }));
const open = ownEdge(() => ({ KERNELCI_CORS_ALLOWED_ORIGINS: DASHBOARD, KERNELCI_CORS_ALLOW_ALL_ORIGINS: "True" }));
const closed = ownEdge(() => ({ KERNELCI_CORS_ALLOW_ALL_ORIGINS: "False" }));

const BUILD = "/kernelci/api/build/maestro:mb-6-0";
const PREFLIGHT = { "access-control-request-method": "POST", "access-control-request-headers": "content-type" };

async function allowed(base: string, origin: string, init: RequestInit = {}): Promise<string | null> {
  const answer = await fetch(base + BUILD, { ...init, headers: { origin, ...init.headers } });
  expect([answer.status, answer.headers.get("access-control-allow-credentials")]).toEqual([200, null]);
  return answer.headers.get("access-control-allow-origin");
}

test("only listed origins may read, unless all may; as long as none is listed, all may", async () => {
  for (const init of [{}, {}, { method: "OPTIONS", headers: PREFLIGHT }]) {
    expect(await allowed(listed().url, DASHBOARD, init)).toBe(DASHBOARD);
    expect(await allowed(listed().url, "https://other.example.org", init)).toBe("https://other.example.org");
    for (const origin of ["https://evil.example", `${DASHBOARD}.evil.example`, "null", "http://dashboard.example.org"])
      expect(await allowed(listed().url, origin, init)).toBeNull();
    expect(await allowed(open().url, "https://evil.example", init)).toBe("*");
    expect(await allowed(closed().url, DASHBOARD, init)).toBeNull();
  }
  expect(
    (await ask("/build/maestro:mb-6-0", { headers: { origin: DASHBOARD } })).headers.get("access-control-allow-origin"),
  ).toBe("*");
});

test("a preflight is an empty 200 with what may be sent", async () => {
  for (const path of [BUILD, "/kernelci/api/issue/extras/", "/kernelci/api/nothing"]) {
    const answer = await fetch(listed().url + path, {
      method: "OPTIONS",
      headers: { origin: DASHBOARD, ...PREFLIGHT },
    });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "access-control-allow-origin": DASHBOARD,
      "access-control-allow-methods": "DELETE, GET, OPTIONS, PATCH, POST, PUT",
      "access-control-allow-headers": "accept, authorization, content-type, user-agent, x-csrftoken, x-requested-with",
      "access-control-max-age": "86400",
      vary: "Accept, Cookie, origin",
    });
  }
});

test("a text with NUL is refused wherever it stands", async () => {
  for (const path of [
    "/build/a%00b",
    "/issue/x?version=%00",
    "/test/status-history?path=%00",
    "/issue/?filter_origin=%00",
  ]) {
    const answer = await ask(path);
    expect([path, answer.status, await answer.json()]).toEqual([path, 400, { error: expect.any(String) }]);
  }
});

test("a page shows what was asked as text, and runs nothing", async () => {
  const answer = await ask("/build/%3Cscript%3Ealert(1)%3C%2Fscript%3E?format=api&x=<script>alert(2)</script>");
  expect([404, 200]).toContain(answer.status);
  expect(await answer.text()).not.toMatch(/<script/i);
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("a redirect stays on this host and in this API", async () => {
  for (const path of ["//evil.example/tree", "/..//evil.example/tree", "/%2F%2Fevil.example%2Ftree"]) {
    const answer = await ask(path);
    expect([path, answer.headers.get("location")?.startsWith("//") ?? false]).toEqual([path, false]);
  }
});

import { expect, test } from "vitest";
import * as z from "zod";
import { API_ROUTES } from "../../../functions/edge/kernelci/routes.ts";
import { ask } from "../../support/kernelci-reads.ts";

const Document = z.looseObject({
  openapi: z.string(),
  info: z.record(z.string(), z.string()),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ operationId: z.string() }))),
});

test("the JSON description names every route of the API", async () => {
  const answer = await ask("/schema/?format=json");
  expect(answer.headers.get("content-type")).toBe("application/vnd.oai.openapi+json");
  const text = await answer.text();
  const { openapi, info, paths } = Document.parse(JSON.parse(text));
  expect([openapi, info]).toEqual([
    "3.0.3",
    { title: "KernelCI Dashboard API", version: "0.9.0", description: "API for the KernelCI dashboard" },
  ]);
  const served = API_ROUTES.map(([path]) => `/api/${path.replaceAll("...", "")}`);
  expect(Object.keys(paths).sort()).toEqual(served.filter((path) => !/schema\/./.test(path)).sort());
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name);
  for (const name of references) expect(text).toContain(`"${name}":{`);
});

test("the description is YAML unless asked otherwise", async () => {
  for (const [query, accept, type] of [
    ["", "*/*", "application/vnd.oai.openapi"],
    ["?format=yaml", "*/*", "application/yaml"],
    ["", "application/yaml", "application/yaml"],
  ]) {
    const answer = await ask(`/schema/${query}`, { headers: { accept: accept ?? "" } });
    expect(answer.headers.get("content-type")).toBe(type);
    const lines = (await answer.text()).split("\n");
    expect(lines.slice(0, 2)).toEqual(['openapi: "3.0.3"', "info:"]);
    expect(lines).toContain("  /api/build/{build_id}:".replace(/(\S+):$/, '"$1":'));
  }
  const json = await ask("/schema/", { headers: { accept: "application/json" } });
  expect([json.headers.get("content-type"), Document.safeParse(await json.json()).success]).toEqual([
    "application/json",
    true,
  ]);
});

test.each(["swagger-ui", "redoc"])(
  "%s is a page that shows the description and loads its script alone",
  async (viewer) => {
    const answer = await ask(`/schema/${viewer}/`, { headers: { accept: "text/html" } });
    const page = await answer.text();
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
    expect(page).toContain("../?format=json");
    const nonces = [...page.matchAll(/<script nonce="([^"]+)"/g)].map(([, nonce]) => nonce);
    expect(nonces).toHaveLength(2);
    for (const nonce of nonces) expect(policy).toContain(`'nonce-${nonce}'`);
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect((await ask(`/schema/${viewer}/`, { headers: { accept: "application/json" } })).status).toBe(406);
  },
);

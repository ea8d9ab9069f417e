import { expect, inject, test } from "vitest";
import * as z from "zod";
import { ERRORS } from "../../../functions/edge/http/errors.ts";
import { servedRoutes } from "../../support/served-routes.ts";

const Operation = z.object({
  operationId: z.string().min(1),
  summary: z.string().min(1),
  tags: z.array(z.string()).min(1),
  security: z.array(z.record(z.string(), z.array(z.never()))).optional(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(["path", "query", "header"]) })).default([]),
  responses: z.record(z.string().regex(/^([1-5]\d\d|default)$/), z.object({ description: z.string().min(1) })),
});
const Document = z.object({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.object({ type: z.literal("http"), scheme: z.literal("bearer") })),
  }),
});

const { edgeUrl } = inject("stack");
const text = await (await fetch(`${edgeUrl}/openapi.json`)).text();
const document = Document.parse(JSON.parse(text));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    path,
    ...operation,
  })),
);

test("the document names exactly the routes that are served", () => {
  expect(operations.map(({ route }) => route).sort()).toEqual(servedRoutes());
});

test("every operation has a name of its own, and every path parameter is described", () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids).toEqual([...new Set(ids)]);
  for (const { route, path, parameters } of operations) {
    const inPath = [...path.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name);
    const described = parameters.filter((one) => one.in === "path").map(({ name }) => name);
    expect([route, ...described.sort()]).toEqual([route, ...inPath.sort()]);
  }
});

test("every reference leads somewhere, every scheme is declared, servers are relative", () => {
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name);
  expect(references.length).toBeGreaterThan(0);
  for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
  const used = operations.flatMap(({ security = [] }) => security.flatMap((one) => Object.keys(one)));
  expect([...new Set(used)].sort()).toEqual(Object.keys(document.components.securitySchemes).sort());
  expect(document.servers.map(({ url }) => url)).toEqual(["/"]);
});

test("routes that need a token say so, and how they refuse", () => {
  const needing = operations.filter(
    ({ security = [] }) => security.length > 0 && !security.some((one) => Object.keys(one).length === 0),
  );
  const ours = needing.filter(({ path }) => !path.startsWith("/eosc-perf/"));
  expect(ours.map(({ route }) => route).sort()).toEqual([
    "GET /deliveries",
    "GET /kernelci/subscriptions",
    "GET /metrics",
    "POST /deliveries/replays",
    "POST /deliveries/{id}/replay",
    "POST /github/recoveries",
    "POST /github/repos/{owner}/{repo}/scrapes",
  ]);
  for (const { route, responses } of needing)
    expect([route, Object.keys(responses)]).toEqual([route, expect.arrayContaining(["401"])]);
});

test("every error code has its paragraph", async () => {
  const page = await (await fetch(`${edgeUrl}/docs/errors`)).text();
  for (const code of Object.keys(ERRORS)) expect(page).toContain(`<dt id="${code}">`);
});

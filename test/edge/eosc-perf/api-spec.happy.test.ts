import { expect, inject, test } from "vitest";
import * as z from "zod";
import { ownEdge } from "../../support/own-edge.ts";

const Parameter = z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false) });
const Operation = z.object({
  operationId: z.string(),
  summary: z.string().min(1),
  tags: z.array(z.string()),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(z.string(), z.unknown()),
});
const Methods = z
  .object({ parameters: z.array(Parameter).default([]) })
  .catchall(z.union([Operation, z.array(Parameter)]));
const Document = z.object({
  openapi: z.string(),
  servers: z.array(z.object({ url: z.string() })),
  security: z.array(z.unknown()).optional(),
  paths: z.record(z.string(), Methods),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
});

const { edgeUrl } = inject("stack");
const documentAt = async (url: string) => Document.parse(await (await fetch(url)).json());
const spec = await documentAt(`${edgeUrl}/eosc-perf/api-spec.json`);
const whole = await documentAt(`${edgeUrl}/openapi.json`);

/** What a document says of each operation: where it stands, what it takes and how it succeeds. */
function operationsOf({ paths }: z.infer<typeof Document>, mount = "") {
  const listed = Object.entries(paths).flatMap(([path, { parameters: ofPath, ...methods }]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      if (Array.isArray(operation) || !path.startsWith(mount)) return [];
      const parameters = [...ofPath, ...operation.parameters].map(
        ({ name, in: place, required }) => `${place} ${name}${required ? "!" : ""}`,
      );
      const succeeds = Object.keys(operation.responses).filter((status) => status.startsWith("2"));
      const route = `${method.toUpperCase()} ${path.slice(mount.length)}`;
      const tag = operation.tags[0]?.replace("EOSC-Perf ", "");
      return [
        {
          id: operation.operationId,
          route,
          tag,
          parameters: parameters.sort(),
          succeeds,
          body: operation.requestBody !== undefined,
        },
      ];
    }),
  );
  return listed.sort((a, b) => a.route.localeCompare(b.route));
}

/** What is served beside the original's API. */
const OWN = ["GET ", "GET /", "GET /api-spec.json", "POST /results:batch"];

test("the document tells exactly what is served", () => {
  const served = operationsOf(whole, "/eosc-perf").filter(({ route }) => !OWN.includes(route));
  expect(served.length).toBe(54);
  expect(operationsOf(spec)).toEqual(served);
});

test("one scheme of bearer tokens stands for all, and every reference leads somewhere", () => {
  expect([spec.openapi, spec.security]).toEqual(["3.0.2", [{ bearerAuth: [] }]]);
  expect(spec.components.securitySchemes).toEqual({
    bearerAuth: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
  });
  const references = [...JSON.stringify(spec).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = ""]) => name);
  expect(references.length).toBeGreaterThan(50);
  for (const name of references) expect(Object.keys(spec.components.schemas)).toContain(name);
});

test("its server is the mount it is asked at", () => expect(spec.servers).toEqual([{ url: "/eosc-perf" }]));

const behindProxy = ownEdge(() => ({ EOSC_PERF_BACKEND_ROUTE: "https://perf.example.org/api/v1" }));

test("a setting names another server", async () => {
  const { servers } = await documentAt(`${behindProxy().url}/eosc-perf/api-spec.json`);
  expect(servers).toEqual([{ url: "https://perf.example.org/api/v1" }]);
});

test("a page shows it", async () => {
  const page = await fetch(`${edgeUrl}/eosc-perf/`);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
  expect(await page.text()).toMatch(/"url": ?"api-spec.json"/);
  expect(page.headers.get("content-security-policy")).toMatch(/script-src 'nonce-[^']{20,}'/);
});

test("without a slash at the end it leads to the page, as the caller sees the address", async () => {
  const headers = { "x-script-name": "/api/v1" };
  for (const [path, seen] of [
    ["/eosc-perf", "https://example.org/eosc-perf"],
    ["/eosc-perf/api/v1", "https://perf.example.org/api/v1"],
  ] as const) {
    const bare = await fetch(`${edgeUrl}${path}`, { redirect: "manual", headers });
    expect([bare.status, new URL(bare.headers.get("location") ?? "", seen).href]).toEqual([308, `${seen}/`]);
  }
});

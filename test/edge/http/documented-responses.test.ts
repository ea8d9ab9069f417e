import { describe, expect, test } from "vitest";
import { findUndocumented } from "../../support/documented-responses.ts";

const found = (path: string, status: number, body: unknown, contentType = "application/json") =>
  findUndocumented({
    method: "GET",
    url: `http://127.0.0.1:8787${path}`,
    status,
    contentType,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("the check that every test's responses go through", () => {
  test("lets a documented response pass", () => {
    expect(found("/health", 200, { status: "ok", release: "1.4.0" })).toBeUndefined();
  });

  test("tells a status that the route does not document", () => {
    expect(found("/health", 418, {})).toBe("GET /health answered 418, which is not documented");
  });

  test("tells a media type that the route does not document", () => {
    expect(found("/health", 200, "ok", "text/plain; charset=utf-8")).toContain("answered 200 as text/plain");
  });

  test("tells a body that is unlike its schema", () => {
    expect(found("/deliveries", 200, { deliveries: "none", next: null })).toContain("unlike its schema: deliveries");
  });

  test("finds a route whose last name holds slashes or stands before an action", () => {
    expect(found("/github/repos/a/b/branches/users/x/y", 418, {})).toContain("/branches/{branch} answered 418");
    expect(found("/eosc-perf/sites:search", 418, {})).toContain("/sites:search answered 418");
  });

  test("knows nothing of addresses that no route serves", () => {
    expect(found("/nowhere", 418, {})).toBeUndefined();
  });
});

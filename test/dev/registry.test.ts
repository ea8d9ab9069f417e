import { expect, onTestFinished, test } from "vitest";
import { startRegistry } from "../../dev/registry.ts";

test("the stand-in knows every image except missing and private ones", async () => {
  const registry = await startRegistry({ port: 0 });
  onTestFinished(registry.stop);
  const statusOf = async (path: string) => (await fetch(registry.url + path)).status;
  expect(await statusOf("/v2/library/alpine/manifests/3")).toBe(200);
  expect(await statusOf("/v2/missing/alpine/manifests/3")).toBe(404);
  expect(await statusOf("/v2/private/alpine/manifests/3")).toBe(401);
  expect(await statusOf("/v2/alpine")).toBe(404);
});

import { expect, inject, test } from "vitest";
import { call, fresh, somebody } from "../../support/eosc-perf.ts";
import { bearer, ownEdge } from "../../support/own-edge.ts";

const edge = ownEdge(() => ({ EOSC_PERF_LOCAL_ISSUER: inject("stack").issuerUrl }));
const { token } = await somebody();

const ask = async (path: string, init: RequestInit = {}) =>
  (await fetch(`${edge().url}/eosc-perf${path}`, init)).status;
const logged = (word: string) => edge().log.filter((line) => line.includes(word));

test("a refusal is an answer, not a fault in the log", async () => {
  const unknown = crypto.randomUUID();
  const headers = { ...bearer(token), "content-type": "application/json" };
  expect([
    await ask(`/tags/${unknown}`),
    await ask("/tags?page=0"),
    await ask("/users/self"),
    await ask("/users", { headers }),
    await ask("/tags", { method: "POST", headers, body: "{" }),
  ]).toEqual([404, 422, 401, 403, 400]);
  await expect.poll(() => logged('"status":400').length).toBe(1);
  expect(logged("unhandled")).toEqual([]);
});

test("of a statement that fails the log says what and where, and nothing of what people sent", async () => {
  const [secret, end] = [fresh("secret"), fresh("end")];
  // Within the characters of a name, beyond the bytes of an index row.
  const random = crypto.getRandomValues(new Uint16Array(1_800));
  const name = `${secret} ${Array.from(random, (n) => String.fromCodePoint(0x2_0000 + (n % 0x8000))).join("")} ${end}`;
  const headers = { ...bearer(token), "content-type": "application/json" };
  expect(await ask("/tags", { method: "POST", headers, body: JSON.stringify({ name }) })).toBe(422);
  await expect.poll(() => logged("unhandled").length).toBe(1);
  expect(logged("index row")[0]).toContain("storeTag");
  expect([...logged(secret), ...logged(end)]).toEqual([]);
  expect((await call("GET", "/tags?per_page=1")).status).toBe(200);
});

import { describe, expect, test } from "vitest";
import { ADMIN_ENTITLEMENT } from "../../../dev/identities.ts";
import { call, fresh, pageAt, somebody, tokenOf } from "../../support/eosc-perf.ts";

const user = await somebody();
const admin = await somebody("admin");
const unregistered = await somebody("unregistered");
const entitled = await tokenOf({ sub: fresh("entitled"), email: "e@example.org", entitlements: [ADMIN_ENTITLEMENT] });
const late = await tokenOf({ sub: user.sub, ttl: -60 });
const forged = await tokenOf({ sub: admin.sub, entitlements: [ADMIN_ENTITLEMENT], tampered: true });

const id = crypto.randomUUID();
const upload = new URLSearchParams({ benchmark_id: id, flavor_id: id, execution_datetime: "2024-01-01T00:00:00Z" });
const TOKEN = ["POST /users:register", "GET /users/self"];
const USER = [
  "POST /benchmarks",
  `POST /results?${upload}`,
  `POST /results/${id}:claim`,
  `PUT /results/${id}/tags`,
  `GET /results/${id}/claims`,
  "GET /users/self/results",
  "GET /users/self/claims",
  "POST /sites",
  `POST /sites/${id}/flavors`,
  "POST /tags",
  "POST /users/self:update",
];
const ADMIN = [
  `PUT /benchmarks/${id}`,
  `DELETE /benchmarks/${id}`,
  `POST /benchmarks/${id}:approve`,
  `POST /benchmarks/${id}:reject`,
  `DELETE /results/${id}`,
  `GET /results/${id}/uploader`,
  "GET /reports/claims",
  `GET /reports/claims/${id}`,
  `POST /reports/claims/${id}:approve`,
  `POST /reports/claims/${id}:reject`,
  "GET /reports/submits",
  `PUT /sites/${id}`,
  `DELETE /sites/${id}`,
  `POST /sites/${id}:approve`,
  `POST /sites/${id}:reject`,
  `PUT /flavors/${id}`,
  `DELETE /flavors/${id}`,
  `POST /flavors/${id}:approve`,
  `POST /flavors/${id}:reject`,
  `PUT /tags/${id}`,
  `DELETE /tags/${id}`,
  "GET /users",
  "GET /users:search",
  "POST /users:remove",
  "GET /users/self:try_admin",
];

async function ask(route: string, token?: string): Promise<number> {
  const [method = "", path = ""] = route.split(" ");
  const withBody = method === "POST" || method === "PUT";
  return (await call(method, path, { token, ...(withBody ? { json: [] } : {}) })).status;
}
/** Past the gate: whatever is answered then is about the request. */
const PAST = [200, 204, 404, 409, 422];

describe.each([...TOKEN, ...USER, ...ADMIN])("%s", (route) => {
  test("opens to nobody without a token that holds", async () => {
    for (const token of [undefined, "garbage", late, forged])
      expect([token, await ask(route, token)]).toEqual([token, 401]);
  });
});

describe.each(USER)("%s", (route) => {
  test("opens to registered users alone", async () => {
    expect([await ask(route, unregistered.token), await ask(route, entitled)]).toEqual([403, 403]);
    for (const { token } of [user, admin]) expect(PAST).toContain(await ask(route, token));
  });
});

describe.each(ADMIN)("%s", (route) => {
  test("opens to registered users with the entitlement alone", async () => {
    for (const token of [unregistered.token, entitled, user.token]) expect(await ask(route, token)).toBe(403);
    expect(PAST).toContain(await ask(route, admin.token));
  });
});

test("nobody sets what is not theirs to set: status, uploader, id, times", async () => {
  const json = { name: fresh("site"), address: "a" };
  for (const more of [
    { status: "approved" },
    { uploader_sub: admin.sub },
    { upload_datetime: "2020-01-01T00:00:00" },
    { _submit_report_id: null },
    { id },
  ])
    expect((await call("POST", "/sites", { token: user.token, json: { ...json, ...more } })).status).toBe(422);
  expect((await pageAt(`/sites?status=on_review&name=${json.name}`)).total).toBe(0);
});

test("uploaders have no say over their own sites", async () => {
  const { json } = await call("POST", "/sites", { token: user.token, json: { name: fresh("own"), address: "a" } });
  const own = `/sites/${Object(json).id}`;
  for (const route of [`PUT ${own}`, `DELETE ${own}`, `POST ${own}:approve`, `POST ${own}:reject`])
    expect([route, await ask(route, user.token)]).toEqual([route, 403]);
});

test("what is asked for never becomes SQL", async () => {
  const hostile = [
    "' or '1'='1",
    "'; drop table eosc_perf.tag; --",
    "\\",
    "%27",
    "$1",
    "{{id}}",
    "\u202e",
    "a".repeat(200),
  ];
  for (const text of hostile.map(encodeURIComponent)) {
    for (const path of [`/tags?name=${text}`, `/tags:search?terms=${text}`, `/sites?address=${text}`])
      expect([path, (await call("GET", path)).status]).toEqual([path, 200]);
    expect((await call("GET", `/tags?sort_by=${text}`)).status).toBe(422);
    expect((await call("GET", `/users?sub=${text}`, { token: admin.token })).status).toBe(200);
  }
});

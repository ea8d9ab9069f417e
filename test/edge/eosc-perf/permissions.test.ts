import { describe, expect, test } from "vitest";
import { ADMIN_ENTITLEMENT } from "../../../dev/identities.ts";
import { approvedResult } from "../../support/approved-result.ts";
import { call, fresh, somebody, tokenOf } from "../../support/eosc-perf.ts";
import { servedRoutes } from "../../support/served-routes.ts";

/** Who may (contract section 2), and what they are then answered, asked as `ask` does. */
type Row = { level: "anonymous" | "token" | "user" | "owner" | "admin"; then: number | Partial<Record<Who, number>> };

const anonymous = (then: number): Row => ({ level: "anonymous", then });
const token = (then: Row["then"]): Row => ({ level: "token", then });
const user = (then: number): Row => ({ level: "user", then });
const owner = (then: number): Row => ({ level: "owner", then });
const admin = (then: number): Row => ({ level: "admin", then });

/** Every operation. Where a body is needed it is sent `[]`, which nothing takes; ids are unknown but for owners' routes. */
const MATRIX: Record<string, Row> = {
  "GET /eosc-perf": anonymous(200),
  "GET /eosc-perf/api-spec.json": anonymous(200),
  "GET /eosc-perf/benchmarks": anonymous(200),
  "POST /eosc-perf/benchmarks": user(422),
  "GET /eosc-perf/benchmarks:search": anonymous(200),
  "GET /eosc-perf/benchmarks/{benchmark_id}": anonymous(404),
  "PUT /eosc-perf/benchmarks/{benchmark_id}": admin(422),
  "DELETE /eosc-perf/benchmarks/{benchmark_id}": admin(404),
  "POST /eosc-perf/benchmarks/{benchmark_id}:approve": admin(404),
  "POST /eosc-perf/benchmarks/{benchmark_id}:reject": admin(404),
  "GET /eosc-perf/reports/submits": admin(200),
  "GET /eosc-perf/reports/claims": admin(200),
  "GET /eosc-perf/reports/claims/{report_id}": admin(404),
  "POST /eosc-perf/reports/claims/{report_id}:approve": admin(404),
  "POST /eosc-perf/reports/claims/{report_id}:reject": admin(404),
  "GET /eosc-perf/results": anonymous(200),
  "POST /eosc-perf/results": user(422),
  "GET /eosc-perf/results:search": anonymous(200),
  "POST /eosc-perf/results:batch": user(202),
  "GET /eosc-perf/results/{result_id}": anonymous(404),
  "DELETE /eosc-perf/results/{result_id}": admin(404),
  "POST /eosc-perf/results/{result_id}:claim": user(422),
  "PUT /eosc-perf/results/{result_id}/tags": owner(204),
  "GET /eosc-perf/results/{result_id}/claims": owner(200),
  "GET /eosc-perf/results/{result_id}/uploader": admin(404),
  "GET /eosc-perf/sites": anonymous(200),
  "POST /eosc-perf/sites": user(422),
  "GET /eosc-perf/sites:search": anonymous(200),
  "GET /eosc-perf/sites/{site_id}": anonymous(404),
  "PUT /eosc-perf/sites/{site_id}": admin(422),
  "DELETE /eosc-perf/sites/{site_id}": admin(404),
  "POST /eosc-perf/sites/{site_id}:approve": admin(404),
  "POST /eosc-perf/sites/{site_id}:reject": admin(404),
  "GET /eosc-perf/sites/{site_id}/flavors": anonymous(404),
  "POST /eosc-perf/sites/{site_id}/flavors": user(422),
  "GET /eosc-perf/sites/{site_id}/flavors:search": anonymous(404),
  "GET /eosc-perf/flavors/{flavor_id}": anonymous(404),
  "PUT /eosc-perf/flavors/{flavor_id}": admin(422),
  "DELETE /eosc-perf/flavors/{flavor_id}": admin(404),
  "POST /eosc-perf/flavors/{flavor_id}:approve": admin(404),
  "POST /eosc-perf/flavors/{flavor_id}:reject": admin(404),
  "GET /eosc-perf/flavors/{flavor_id}/site": anonymous(404),
  "GET /eosc-perf/tags": anonymous(200),
  "POST /eosc-perf/tags": user(422),
  "GET /eosc-perf/tags:search": anonymous(200),
  "GET /eosc-perf/tags/{tag_id}": anonymous(404),
  "PUT /eosc-perf/tags/{tag_id}": admin(422),
  "DELETE /eosc-perf/tags/{tag_id}": admin(404),
  "GET /eosc-perf/users": admin(200),
  "POST /eosc-perf/users:register": token({ unregistered: 201, user: 409, owner: 409, admin: 409 }),
  "POST /eosc-perf/users:remove": admin(422),
  "GET /eosc-perf/users:search": admin(200),
  "GET /eosc-perf/users/self": token({ unregistered: 404, user: 200, owner: 200, admin: 200 }),
  "POST /eosc-perf/users/self:update": user(204),
  "GET /eosc-perf/users/self:try_admin": admin(204),
  "GET /eosc-perf/users/self/results": user(200),
  "GET /eosc-perf/users/self/claims": user(200),
};

const { resultId, uploader } = await approvedResult();
const other = await somebody();
const administrator = await somebody("admin");
const entitled = { entitlements: [ADMIN_ENTITLEMENT] };

/** Everybody who may knock; a stranger is a new one each time, since registering makes them a user. */
const TOKENS = {
  anonymous: async () => undefined,
  garbage: async () => "garbage",
  expired: async () => await tokenOf({ sub: administrator.sub, ...entitled, ttl: -60 }),
  tampered: async () => await tokenOf({ sub: administrator.sub, ...entitled, tampered: true }),
  unregistered: async () => (await somebody("unregistered")).token,
  "unregistered, entitled": async () => await tokenOf({ sub: fresh("stranger"), email: "s@example.org", ...entitled }),
  user: async () => other.token,
  owner: async () => uploader.token,
  admin: async () => administrator.token,
};
type Who = keyof typeof TOKENS;
const EVERYBODY: readonly Who[] = [
  "anonymous",
  "garbage",
  "expired",
  "tampered",
  "unregistered",
  "unregistered, entitled",
  "user",
  "owner",
  "admin",
];
const UNKNOWN: readonly Who[] = ["anonymous", "garbage", "expired", "tampered"];
const UNREGISTERED: readonly Who[] = ["unregistered", "unregistered, entitled"];

/** What somebody is answered. */
function expected({ level, then }: Row, who: Who): number {
  const passed = typeof then === "number" ? then : then[who === "unregistered, entitled" ? "unregistered" : who];
  if (passed === undefined || level === "anonymous") return passed ?? 401;
  if (UNKNOWN.includes(who)) return 401;
  if (level === "token") return passed;
  if (UNREGISTERED.includes(who)) return 403;
  if (level === "user" || who === "admin" || (level === "owner" && who === "owner")) return passed;
  return 403;
}

async function ask(route: string, { level }: Row, bearer: string | undefined): Promise<number> {
  const [method = "", path = ""] = route.split(" ");
  const id = level === "owner" ? resultId : crypto.randomUUID();
  const filled = path.replace("/eosc-perf", "").replace(/\{\w+\}/, id);
  const withBody = method === "POST" || method === "PUT";
  const json = level === "owner" ? {} : [];
  return (await call(method, filled === "" ? "/" : filled, { token: bearer, ...(withBody ? { json } : {}) })).status;
}

test("the matrix has a row for every served route, and none besides", () => {
  const ours = servedRoutes().filter((route) => / \/eosc-perf(\/|$)/.test(route));
  expect(Object.keys(MATRIX).sort()).toEqual(ours);
});

describe.each(Object.entries(MATRIX))("%s", (route, row) => {
  test.each(EVERYBODY)("%s", async (who) => {
    expect(await ask(route, row, await TOKENS[who]())).toBe(expected(row, who));
  });
});

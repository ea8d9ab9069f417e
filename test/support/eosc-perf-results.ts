import { untilSettled } from "./deliveries-api.ts";
import { call, fresh, made } from "./eosc-perf.ts";

/** Ids of an approved benchmark with its schema, and of an approved site with a flavor. */
export type Place = { benchmark: string; site: string; flavor: string; name: string };

/** Makes what results refer to. */
export async function approvedPlace(token: string, admin: string, json_schema: object = {}): Promise<Place> {
  const name = fresh("place");
  const benchmark = await made(
    "/benchmarks",
    { docker_image: `test/${name}`, docker_tag: "v1", url: "u", json_schema },
    token,
  );
  const site = await made("/sites", { name: `${name}-site`, address: `${name} Street 1` }, token);
  const flavor = await made(`/sites/${site}/flavors`, { name: `${name}-flavor` }, token);
  for (const path of [`/benchmarks/${benchmark}`, `/sites/${site}`, `/flavors/${flavor}`]) {
    const { status } = await call("POST", `${path}:approve`, { token: admin });
    if (status !== 204) throw new Error(`${path} is not approved: ${status}`);
  }
  return { benchmark, site, flavor, name };
}

/** Where a result is uploaded to; `change` replaces or adds parameters. */
export function uploadPath({ benchmark, flavor }: Place, change: Record<string, string> = {}): string {
  const query = { benchmark_id: benchmark, flavor_id: flavor, execution_datetime: "2024-02-29T12:00:00Z", ...change };
  return `/results?${new URLSearchParams(query)}`;
}

/** Uploads a document and returns the result's id. */
export async function uploaded(place: Place, document: unknown, token: string, tags: readonly string[] = []) {
  const tagged = tags.map((tag) => `&tags_ids=${tag}`).join("");
  return await made(uploadPath(place) + tagged, document, token);
}

/** Lines of a batch; the documents are `{"n": 0}` and so on. */
export function batchOf({ benchmark, flavor }: Place, count: number): string[] {
  const line = { execution_datetime: "2024-02-29T12:00:00+02:00", benchmark_id: benchmark, flavor_id: flavor };
  return Array.from({ length: count }, (_, n) => JSON.stringify({ ...line, json: { n } }));
}

/** Sends a batch and waits for what becomes of it. */
export async function sentBatch(body: string, token: string, headers: Record<string, string> = {}) {
  const sent = { "content-type": "application/x-ndjson", ...headers };
  const { status, headers: answered } = await call("POST", "/results:batch", { token, body, headers: sent });
  const location = answered.get("location");
  if (status !== 202 || location === null) throw new Error(`not taken: ${status}`);
  return { location, delivery: await untilSettled(location) };
}

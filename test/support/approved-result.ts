import { call, fresh, made, somebody } from "./eosc-perf.ts";

/** A benchmark and a flavor that an admin approved: what results need. */
export async function approvedPlace(jsonSchema: object = { type: "object" }) {
  const { token } = await somebody("admin");
  const text = { docker_image: fresh("image"), docker_tag: "1", url: "https://example.org", json_schema: jsonSchema };
  const benchmarkId = await made("/benchmarks", text, token);
  const siteId = await made("/sites", { name: fresh("site"), address: "a" }, token);
  const flavorId = await made(`/sites/${siteId}/flavors`, { name: fresh("flavor") }, token);
  for (const path of [`/benchmarks/${benchmarkId}`, `/sites/${siteId}`, `/flavors/${flavorId}`])
    await call("POST", `${path}:approve`, { token });
  return { benchmarkId, siteId, flavorId };
}

/** The address results of a place are posted to. */
export const resultsOf = ({ benchmarkId, flavorId }: { benchmarkId: string; flavorId: string }) =>
  `/results?execution_datetime=2024-01-01T00:00:00Z&benchmark_id=${benchmarkId}&flavor_id=${flavorId}`;

/** A result of somebody new. */
export async function approvedResult(document: object = { score: 1 }) {
  const place = await approvedPlace();
  const uploader = await somebody();
  return { ...place, uploader, resultId: await made(resultsOf(place), document, uploader.token) };
}

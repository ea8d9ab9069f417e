import type { Scene } from "../fault.ts";
import { type Client, clientFor, make } from "./client.ts";

/** What all results refer to, and who decides. */
export type Place = { admin: Client; benchmark: string; site: string; flavor: string; tags: readonly [string, string] };

/** Makes an approved benchmark, site and flavor, and two tags. */
export async function makePlace(scene: Scene): Promise<Place> {
  const admin = await clientFor(scene, "admin", true);
  await admin.write("POST", "/users:register");
  const image = { docker_image: "faults/place", docker_tag: "v1", url: "https://example.org", json_schema: {} };
  const benchmark = await make(admin, "/benchmarks", image);
  const site = await make(admin, "/sites", { name: "place", address: "Place Street 1" });
  const flavor = await make(admin, `/sites/${site}/flavors`, { name: "small" });
  for (const path of [`/benchmarks/${benchmark}`, `/sites/${site}`, `/flavors/${flavor}`])
    await admin.write("POST", `${path}:approve`);
  const tags: [string, string] = [
    await make(admin, "/tags", { name: "first" }),
    await make(admin, "/tags", { name: "second" }),
  ];
  return { admin, benchmark, site, flavor, tags };
}

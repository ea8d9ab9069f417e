import type { Database } from "../../../../db/client.ts";
import { repositoryOfHook } from "../../../../db/queries/github/failed-deliveries.ts";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import { upsertHookRepository } from "../../../../db/upserts/github/failed-deliveries.ts";
import type { Resources } from "../../resources.ts";
import { parseParts } from "../parts.ts";
import { Repository } from "../repository.ts";
import { type GithubAccess, repositoryPath } from "../rest/access.ts";
import type { GithubApi } from "../rest/api.ts";
import { readItem } from "../rest/items.ts";
import { GithubRefusal, nonsense } from "../rest/refusal.ts";

/** A delivery log: whom to ask, and where it is. */
export type DeliveryLog = { api: GithubApi; path: string };

/** The delivery log of a webhook of the settings: `owner/name:id`, `org:name:id`, or `app` for the app's own. Throws GithubRefusal. */
export async function openLog(hook: string, { db, github }: Pick<Resources, "db" | "github">): Promise<DeliveryLog> {
  if (hook === "app") {
    if (github.asApp === undefined) throw new GithubRefusal({ is: "refused" }, "the settings name no app");
    return { api: github.asApp, path: "/app/hook/deliveries" };
  }
  if (hook.startsWith("org:")) {
    const [, name = "", id = ""] = hook.split(":");
    return { api: await github.forOrganisation(name), path: `/orgs/${name}/hooks/${id}/deliveries` };
  }
  const id = hook.split(":")[1];
  const repoId = (await repositoryOfHook(db, hook)) ?? (await lookUpRepository(hook, db, github));
  return { api: await github.forRepository(repoId), path: `${repositoryPath(repoId)}/hooks/${id}/deliveries` };
}

/** The repository of a webhook is found by its name once, and remembered by its id: names change, and others take them. */
async function lookUpRepository(hook: string, db: Database, github: GithubAccess): Promise<GithubId> {
  const [name = ""] = hook.split(":");
  const api = await github.forRepository(name);
  const { value } = await api.get(repositoryPath(name));
  const repoId = readRepositoryId(value);
  await upsertHookRepository(db, hook, repoId);
  return repoId;
}

function readRepositoryId(value: unknown): GithubId {
  try {
    return readItem(value, (sent) => parseParts(Repository, sent)).id;
  } catch {
    throw nonsense("the answer is no repository");
  }
}

import type { GithubAccess } from "../rest/access.ts";
import type { GithubApi } from "../rest/api.ts";
import { GithubRefusal } from "../rest/refusal.ts";

/** Where the delivery log of a webhook is: `owner/name:id`, or `app` for the app's own. Throws GithubRefusal. */
export async function logOf(hook: string, github: GithubAccess): Promise<{ api: GithubApi; path: string }> {
  if (hook === "app") {
    if (github.asApp === undefined) throw new GithubRefusal({ is: "refused" }, "the settings name no app");
    return { api: github.asApp, path: "/app/hook/deliveries" };
  }
  const [repo = "", id = ""] = hook.split(":");
  return { api: await github.forRepository(repo), path: `/repos/${repo}/hooks/${id}/deliveries` };
}

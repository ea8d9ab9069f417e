import { type RouteConfig, z } from "@hono/zod-openapi";

/** Name of the security scheme of reads in the OpenAPI document. */
export const READ_SCHEME = "githubReadToken";

const BY_NAME = "/repos/{owner}/{repo}";
const BY_ID = "/repositories/{repository_id}";
const RepositoryId = z
  .string()
  .openapi({ description: "id of the repository, which renames don't change", example: "700100200" });

/**
 * A read route as the OpenAPI document shows it: open or with a token, as the deployment sets it, and of a repository
 * both by its name and by its id.
 */
export function documentedReads(route: RouteConfig): RouteConfig[] {
  const read = { ...route, security: [{}, { [READ_SCHEME]: [] }] };
  if (!route.path.startsWith(BY_NAME)) return [read];
  const { params } = route.request ?? {};
  const named = params instanceof z.ZodObject ? params.shape : {};
  const { owner: _, repo: __, ...others } = named;
  const byId = {
    ...read,
    path: route.path.replace(BY_NAME, BY_ID),
    operationId: `${route.operationId}ById`,
    summary: `${route.summary}, by the repository's id`,
    request: { ...route.request, params: z.object({ repository_id: RepositoryId, ...others }) },
  };
  return [read, byId];
}

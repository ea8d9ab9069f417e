import { createApp } from "../../functions/edge/app.ts";

/** Every route the app serves, as `GET /deliveries/{id}`; middleware, which serves nothing, is left out. */
export function servedRoutes(): string[] {
  const routes = createApp().routes.filter(({ method }) => method !== "ALL");
  const inBraces = (path: string) => path.replace(/:([a-z_]+)(\{[^}]*\})?/g, "{$1}");
  return [...new Set(routes.map(({ method, path }) => `${method} ${inBraces(path)}`))].sort();
}

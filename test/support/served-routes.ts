import { createApp } from "../../functions/edge/app.ts";
import { API_ROUTES } from "../../functions/edge/kernelci/routes.ts";

/** Every route the app serves, as `GET /deliveries/{id}`; middleware, which serves nothing, is left out. */
export function servedRoutes(): string[] {
  const routes = createApp().routes.filter(({ method }) => method !== "ALL");
  const routed = routes.map(({ method, path }) => `${method} ${inBraces(path)}`);
  // KernelCI's API decides by the path alone, in an order of its own, behind one route of the app.
  const dispatched = API_ROUTES.map(
    ([path, { route }]) => `${route.method} /kernelci/api/${path.replaceAll("...", "")}`,
  );
  return [
    ...new Set([...routed, ...dispatched.map((one) => one.replace(/^\w+/, (method) => method.toUpperCase()))]),
  ].sort();
}

/** A route's path as documents write it; a pattern's own action (`:approve`) is part of the path. */
function inBraces(path: string): string {
  const segments = path.split("/").map((segment) => {
    const [, name, pattern = ""] = /^:(\w+)(?:\{(.*)\})?$/.exec(segment) ?? [];
    if (name === undefined) return segment;
    return name === "action" ? pattern : `{${name}}${/:\w+$/.exec(pattern)?.[0] ?? ""}`;
  });
  return segments.join("/");
}

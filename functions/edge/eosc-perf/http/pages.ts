import { z } from "@hono/zod-openapi";
import type { Context, TypedResponse } from "hono";
import type { JSONParsed } from "hono/utils/types";
import type { Listed } from "../../../../db/queries/eosc-perf/listed.ts";
import type { Env } from "../../env.ts";
import { renderedJson } from "../../http/route.ts";
import { refusal } from "./errors.ts";

/** A page of a list in the contract's documents (section 1.3). */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    has_next: z.boolean(),
    has_prev: z.boolean(),
    next_num: z.int().optional().openapi({ description: "only where there is a next page" }),
    prev_num: z.int().optional().openapi({ description: "only where there is a page before" }),
    pages: z.int(),
    per_page: z.int().min(1).max(100),
    page: z.int().min(1),
    total: z.int().openapi({ description: "all that match" }),
    items: z.array(item),
  });
}

/**
 * Answers with a page; `items` is the JSON text the database rendered. An empty page after the first is a 404. When the page
 * would be too many bytes, it begins at the same item and has fewer: its numbers are those of the smaller pages, and `Link`
 * names the one after it.
 */
export function pageResponse<S extends z.ZodType>(
  c: Context<Env>,
  item: S,
  asked: { page: number; per_page: number },
  { total, items, perPage: per_page }: Listed,
): JsonResponse<ReturnType<typeof pageOf<S>>, 200> {
  const page = ((asked.page - 1) * asked.per_page) / per_page + 1;
  const pages = Math.ceil(total / per_page);
  if (page > 1 && page > pages) throw refusal(404);
  const place = {
    has_next: page < pages,
    has_prev: page > 1,
    ...(page < pages ? { next_num: page + 1 } : {}),
    ...(page > 1 ? { prev_num: page - 1 } : {}),
    page,
    pages,
    per_page,
    total,
  };
  if (per_page < asked.per_page && page < pages) c.header("link", `<${pageUrl(c, page + 1, per_page)}>; rel="next"`);
  return jsonResponse(c, 200, pageOf(item), `{"items":${items},${JSON.stringify(place).slice(1)}`);
}

/** The address of another page of the same list, relative to the host. */
function pageUrl(c: Context<Env>, page: number, perPage: number): string {
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.set("page", String(page));
  searchParams.set("per_page", String(perPage));
  return `${pathname}?${searchParams}`;
}

/** A response whose body is documented by that schema. */
export type JsonResponse<S extends z.ZodType, Status extends 200 | 201> = Response &
  TypedResponse<JSONParsed<z.output<S>>, Status, "json">;

/** Answers with JSON that the database rendered; the schema says what it is. */
export function jsonResponse<S extends z.ZodType, Status extends 200 | 201>(
  c: Context<Env>,
  status: Status,
  _schema: S,
  json: string,
): JsonResponse<S, Status> {
  const response: Response = renderedJson(c, status, json);
  // The text is never parsed here; the tests hold it to the schema.
  return response as JsonResponse<S, Status>;
}

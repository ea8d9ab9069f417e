import type { Listed, Page } from "../../../../db/queries/github/page.ts";

/**
 * GitHub's `Link` header for a page of the list at `url`, or undefined when the list is one page. Other parameters of
 * the url are kept (contract section 7, Pages). A page that was too large begins where it was asked for and has fewer items:
 * the links then are those of pages of that size.
 */
export function linkHeader(url: string, asked: Page, { total, perPage }: Listed): string | undefined {
  const page = ((asked.page - 1) * asked.perPage) / perPage + 1;
  const last = Math.ceil(total / perPage);
  if (last <= 1) return undefined;
  const link = (rel: string, to: number) => {
    const target = new URL(url);
    if (perPage !== asked.perPage) target.searchParams.set("per_page", String(perPage));
    target.searchParams.delete("page");
    target.searchParams.append("page", String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const back = page > 1;
  const on = page < last;
  return [
    ...(back ? [link("prev", page - 1)] : []),
    ...(on ? [link("next", page + 1), link("last", last)] : []),
    ...(back ? [link("first", 1)] : []),
  ].join(", ");
}

/** Where a page stands in its list. */
export type Position = { page: number; perPage: number; total: number };

/**
 * GitHub's `Link` header for a page of the list at `url`, or undefined when the list is one page. Other parameters of
 * the url are kept (contract section 7, Pages).
 */
export function linkHeader(url: string, { page, perPage, total }: Position): string | undefined {
  const last = Math.ceil(total / perPage);
  if (last <= 1) return undefined;
  const link = (rel: string, to: number) => {
    const target = new URL(url);
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

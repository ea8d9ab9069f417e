import type { Reply } from "./routes.ts";

/** A page of a list as GitHub cuts it: `?page` from 1, `?per_page` 30 and at most 100, with its `Link` header. */
export function page(list: readonly unknown[], url: URL, key?: string): Reply {
  const perPage = Math.min(100, Number(url.searchParams.get("per_page") ?? 30) || 30);
  const number = Math.max(1, Number(url.searchParams.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(list.length / perPage));
  const items = list.slice((number - 1) * perPage, number * perPage);
  const to = (target: number, rel: string) => {
    const address = new URL(url);
    address.searchParams.set("page", String(target));
    return `<${address.href}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [to(number - 1, "prev")] : []),
    ...(number < last ? [to(number + 1, "next"), to(last, "last")] : []),
    ...(number > 1 ? [to(1, "first")] : []),
  ];
  const body = key === undefined ? items : { total_count: list.length, [key]: items };
  return { status: 200, body, headers: links.length > 0 ? { link: links.join(", ") } : {} };
}

/** The digits of an id; one that no double holds is a JSON.rawJSON. */
export function idText(id: unknown): string {
  return JSON.stringify(id);
}

/** A page of a delivery log: `?cursor=v1_<id of the first item wanted>`. */
export function logPage(list: readonly { id: number }[], url: URL, most: number): Reply {
  const perPage = Math.min(most, Number(url.searchParams.get("per_page") ?? 30) || 30);
  const cursor = /^v1_(\d+)$/.exec(url.searchParams.get("cursor") ?? "")?.[1];
  const start = cursor === undefined ? 0 : list.findIndex(({ id }) => idText(id) === cursor);
  const from = start < 0 ? list.length : start;
  const next = list[from + perPage];
  const address = new URL(url);
  address.searchParams.set("cursor", `v1_${idText(next?.id)}`);
  const headers = next === undefined ? {} : { link: `<${address.href}>; rel="next"` };
  return { status: 200, body: list.slice(from, from + perPage), headers };
}

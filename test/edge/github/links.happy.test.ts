import { expect, test } from "vitest";
import { linkHeader } from "../../../functions/edge/github/http/links.ts";

const LIST = "http://localhost:1/github/repos/o/r/actions/runs";
const page = (n: number, rel: string) => `<${LIST}?per_page=5&page=${n}>; rel="${rel}"`;
const link = (n: number, total: number) =>
  linkHeader(`${LIST}?per_page=5&page=${n}`, { page: n, perPage: 5 }, { perPage: 5, total });

test("the relations stand in GitHub's order, as far as there are", () => {
  expect(link(1, 11)).toBe([page(2, "next"), page(3, "last")].join(", "));
  expect(link(2, 11)).toBe([page(1, "prev"), page(3, "next"), page(3, "last"), page(1, "first")].join(", "));
  expect(link(3, 11)).toBe([page(2, "prev"), page(1, "first")].join(", "));
  expect(link(9, 11)).toBe([page(8, "prev"), page(1, "first")].join(", "));
});

test("one page has no links", () => {
  for (const total of [0, 1, 5]) expect(link(1, total)).toBeUndefined();
});

test("other parameters and the path stay as they were sent", () => {
  const url = `http://github.localhost/repos/o/r%C3%A9/actions/runs?branch=a%2Fb%26c&page=1&created=%3E%3D2025-03-10&page=7`;
  const sent = linkHeader(url, { page: 1, perPage: 30 }, { perPage: 30, total: 31 });
  const next = "http://github.localhost/repos/o/r%C3%A9/actions/runs?branch=a%2Fb%26c&created=%3E%3D2025-03-10&page=2";
  expect(sent).toBe(`<${next}>; rel="next", <${next}>; rel="last"`);
});

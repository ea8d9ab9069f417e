import { expect, test } from "vitest";
import { LogListError, parseLogList } from "../../../functions/edge/kernelci/logs/log-list.ts";

const BASE = new URL("https://files.kernelci.org/logs/");
const page = (rows: string) =>
  `<html><body><table id="list"><thead><tr><th>Name</th></tr></thead><tbody>${rows}</tbody></table></body></html>`;
const row = (name: string, href: string) =>
  `<tr><td><a href="${href}">${name}</a></td><td> 1.2 kB </td><td>2025-Mar-10</td></tr>`;

test("a row is a log with its link as the page writes it", () => {
  expect(parseLogList(page(row(" a &amp; b.log ", "a%20b.log?x=1&amp;y=2")), BASE)).toEqual([
    { specific_log_url: "a%20b.log?x=1&y=2", file_name: "a & b.log", file_size: "1.2 kB", date: "2025-Mar-10" },
  ]);
});

test("the folder above is left out", () => {
  expect(
    parseLogList(page(`<tr><td>Parent directory/</td><td>-</td><td>-</td></tr>${row("a", "a")}`), BASE),
  ).toHaveLength(1);
});

test("cells without an end tag are cells of their own", () => {
  const [log] = parseLogList(page('<tr><td><a href="a">a</a><td>1<td>2'), BASE);
  expect(log).toEqual({ specific_log_url: "a", file_name: "a", file_size: "1", date: "2" });
});

test("other tables, and a second one of that name, are not read", () => {
  const other = `<table id="other"><tbody>${row("no", "no")}</tbody></table>`;
  const names = parseLogList(`${other}${page(row("yes", "yes"))}${page(row("no", "no"))}`, BASE).map(
    (log) => log.file_name,
  );
  expect(names).toEqual(["yes"]);
});

test.each(["javascript:alert(1)", "data:text/html,x", " javascript:alert(1)", "java&#10;script:alert(1)"])(
  "a link to %s is left out",
  (href) => {
    expect(parseLogList(page(row("x", href)), BASE)).toEqual([]);
  },
);

test.each([
  ["<html></html>", "Table with id 'list' not found"],
  ["", "Table with id 'list' not found"],
  ['<table id="list"><tr><td>x</td></tr></table>', "Table body not found"],
  [page("<tr><td>x</td></tr>"), "Invalid number of columns in table row (probably not a log website)"],
  [page("<tr></tr>"), "Invalid number of columns in table row (probably not a log website)"],
  [page("<tr><td>x</td><td>1</td><td>2</td></tr>"), "A row of the table has no link"],
])("%s is refused", (html, reason) => {
  expect(() => parseLogList(html, BASE)).toThrow(reason);
});

test.each([
  ["open tags", "<tr><td><table>"],
  ["rows", row("a", "a")],
  ["end tags", "</a>"],
  ["half a tag", "<a "],
  ["entities", "&amp"],
])("five megabytes of %s are read within a second or two", (_, part) => {
  const html = `<table id="list"><tbody>${part.repeat(5_000_000 / part.length)}`;
  const started = performance.now();
  try {
    parseLogList(html, BASE);
  } catch (error) {
    expect(error).toBeInstanceOf(LogListError);
  }
  expect(performance.now() - started).toBeLessThan(4_000);
});

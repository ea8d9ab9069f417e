import { Parser } from "htmlparser2";

/** A log as an index page lists it. */
export type LogFile = { specific_log_url: string; file_name: string; file_size: string; date: string };

/** Raised for a page that lists no logs; the message goes to the caller. */
export class LogListError extends Error {}

/** What the parser looks through at each tag; index pages need some ten. */
const MAX_DEPTH = 100;

type Row = { cells: string[]; link: string | undefined };

/**
 * Reads the rows of the table `list` of an index page (contract part 08, `log-downloader/`): name with its link, size and
 * date. The row that leads to the folder above is left out, and so are links that lead to no page.
 */
export function parseLogList(html: string, base: URL): LogFile[] {
  const rows = readRows(html);
  return rows.flatMap(({ cells, link }) => {
    const [name, size, date] = cells.map((cell) => cell.trim());
    if (cells.length !== 3 || name === undefined || size === undefined || date === undefined)
      throw new LogListError("Invalid number of columns in table row (probably not a log website)");
    if (name.toLowerCase().startsWith("parent directory")) return [];
    if (link === undefined) throw new LogListError("A row of the table has no link");
    const isPage = URL.canParse(link, base) && ["http:", "https:"].includes(new URL(link, base).protocol);
    return isPage ? [{ specific_log_url: link, file_name: name, file_size: size, date }] : [];
  });
}

function readRows(html: string): Row[] {
  const rows: Row[] = [];
  /** Open tables within the one that counts, itself included. */
  let depth = 0;
  let found: "nothing" | "table" | "body" | "end" = "nothing";
  let isInCell = false;
  let open = 0;
  const parser = new Parser({
    onopentag(name, { id, href }) {
      open += 1;
      if (open > MAX_DEPTH) throw new LogListError("The page is nested too deeply (probably not a log website)");
      if (name === "table" && (depth > 0 || (found === "nothing" && id === "list"))) {
        depth += 1;
        if (found === "nothing") found = "table";
      }
      if (depth === 0) return;
      if (name === "tbody" && found === "table") found = "body";
      if (found !== "body") return;
      const row = rows.at(-1);
      if (name === "tr") rows.push({ cells: [], link: undefined });
      else if (name === "td" && row !== undefined) {
        row.cells.push("");
        isInCell = true;
      } else if (name === "a" && isInCell && row !== undefined && row.cells.length === 1) row.link ??= href;
    },
    ontext(text) {
      const row = rows.at(-1);
      if (isInCell && row !== undefined) row.cells.push(`${row.cells.pop() ?? ""}${text}`);
    },
    onclosetag(name) {
      open -= 1;
      if (name === "td") isInCell = false;
      if (name === "tbody" && depth === 1 && found === "body") found = "end";
      if (name === "table" && depth > 0) depth -= 1;
      if (depth === 0 && found === "body") found = "end";
    },
  });
  parser.end(html);
  if (found === "nothing") throw new LogListError("Table with id 'list' not found");
  if (found === "table") throw new LogListError("Table body not found");
  return rows;
}

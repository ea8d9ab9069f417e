import type { Context } from "hono";
import { encodeFilePath } from "../../../files/file-path.ts";
import type { FilePage } from "../../../files/file-store.ts";
import { escapeXml } from "../../../files/s3-listing.ts";
import type { Env } from "../../env.ts";
import { answerError } from "../http/errors.ts";
import { rawResponse } from "../http/raw-response.ts";

/** An entry as nginx's `autoindex_format json` writes it. */
type Entry = { name: string; type: "file" | "directory"; mtime?: string; size?: number };

/** Answers with a page of a folder: HTML, or JSON for who asks for that; `Link` leads to the next page. */
export async function answerListing(c: Context<Env>, folder: string, after: string | undefined) {
  const page = await c.env.files.list(folder, { deep: false, after });
  const entries = entriesOf(page);
  if (entries.length === 0 && after === undefined) return answerError(c, 404, "There is no such file or folder.");
  c.header("cache-control", "no-cache");
  c.header("vary", "Accept");
  const next = page.next === undefined ? undefined : `?after=${encodeURIComponent(page.next)}`;
  if (next !== undefined) c.header("link", `<${next}>; rel="next"`);
  return rawResponse<200>(wantsJson(c) ? c.json(entries) : c.html(pageOf(folder, entries, next)));
}

function wantsJson(c: Context<Env>): boolean {
  const accept = c.req.header("accept") ?? "";
  return accept.includes("application/json") && !accept.includes("text/html");
}

function entriesOf({ files, folders }: FilePage): Entry[] {
  const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  return [
    ...folders.map((path) => ({ name: name(path), type: "directory" as const })),
    ...files.map(({ path, size, modified }) => ({
      name: name(path),
      type: "file" as const,
      ...(modified === undefined ? {} : { mtime: modified }),
      size,
    })),
  ];
}

function pageOf(folder: string, entries: readonly Entry[], next: string | undefined): string {
  const title = `Index of ${escapeXml(folder)}`;
  const rows = entries.map(({ name, type, mtime = "", size }) => {
    const shown = type === "directory" ? `${name}/` : name;
    return `<tr><td><a href="./${encodeFilePath(shown)}">${escapeXml(shown)}</a></td><td>${escapeXml(mtime)}</td><td>${size ?? ""}</td></tr>`;
  });
  const more = next === undefined ? "" : `<p><a href="${escapeXml(next)}">Next page</a></p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p><a href="../">../</a></p><table>${rows.join("\n")}</table>${more}</body></html>\n`;
}

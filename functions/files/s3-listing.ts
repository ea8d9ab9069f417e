/** An object of a listing. */
export type ListedObject = { key: string; size: number; modified: string | undefined; etag: string | undefined };

/** Parses an answer to S3's ListObjectsV2. */
export function parseListing(xml: string): { objects: ListedObject[]; prefixes: string[]; next: string | undefined } {
  const objects = xml
    .split("<Contents>")
    .slice(1)
    .map((entry) => ({
      key: textIn(entry, "Key") ?? "",
      size: Number(textIn(entry, "Size") ?? 0),
      modified: textIn(entry, "LastModified"),
      etag: textIn(entry, "ETag"),
    }));
  const prefixes = [...xml.matchAll(/<CommonPrefixes>\s*<Prefix>([^<]*)</g)].map(([, prefix = ""]) =>
    unescaped(prefix),
  );
  return { objects, prefixes, next: textIn(xml, "NextContinuationToken") };
}

/** The body of S3's DeleteObjects; it names only what could not be deleted. */
export function deleteBody(keys: readonly string[]): string {
  const objects = keys.map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`).join("");
  return `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Quiet>true</Quiet>${objects}</Delete>`;
}

/** The keys that such a body names. */
export function parseDeletedKeys(xml: string): string[] {
  return [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unescaped(key));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ENTITIES).map(([name, character]) => [character, name]),
);

/** Text for XML and HTML, in content and in quoted attributes. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&${NAMES[character] ?? ""};`);
}

/** The text of the first element of that name; undefined when there is none. */
function textIn(xml: string, element: string): string | undefined {
  const start = xml.indexOf(`<${element}>`);
  const end = xml.indexOf(`</${element}>`, start);
  return start < 0 || end < 0 ? undefined : unescaped(xml.slice(start + element.length + 2, end));
}

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

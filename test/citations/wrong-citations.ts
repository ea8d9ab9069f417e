/** What can be cited: the text of each document by its path from the root, such as `docs/contracts/github.md`. */
export type Documents = ReadonlyMap<string, string>;

const SOURCES = ["github", "kernelci", "eosc-perf", "qaboard"] as const;
type Source = (typeof SOURCES)[number];

const NAMES: Readonly<Record<string, Source>> = {
  github: "github",
  kernelci: "kernelci",
  "eosc-perf": "eosc-perf",
  "qa-board": "qaboard",
};

const CITATION =
  /(?<rfc>RFC \d+,? )?(?:(?:(?<name>GitHub|KernelCI|EOSC-Perf|QA-Board)(?:'s)? )?contract |contracts\/(?<folder>[a-z-]+), )?\b(?<kind>sections?|parts?) (?<numbers>\d+(?:\.\d+)*(?:(?:, | and )\d+(?:\.\d+)*)*)(?:, (?<topic>[^.;:)]+))?/gi;

const DOCUMENT = /\bdocs\/(?<path>[\w/-]+\.md)(?:, (?:\*(?<marked>[^*]+)\*|(?<plain>[A-Z][^.;:)"`|*]+)))?/g;

/**
 * The citations in a source file that lead nowhere, each as a sentence. Contracts are cited by the number of a section or a
 * part, documents by path and heading; docs/contracts/README.md shows how. A comment cites the contract of the source
 * whose folder it stands in, unless it names another source.
 */
export function listWrongCitations(path: string, text: string, documents: Documents): string[] {
  const comments = readComments(path, text);
  return [...wrongContractCitations(path, comments, documents), ...wrongDocumentCitations(path, comments, documents)];
}

/** The comments of a script, a line each and without their stars; the whole text of any other file. */
function readComments(path: string, text: string): string {
  const comments = /\.(ts|mjs|js)$/.test(path)
    ? (text.match(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/.*(?:\n\s*\/\/.*)*/g) ?? []).join("\n\n")
    : text;
  return comments.replace(/(\S)\n[ \t]*(?:\*(?!\/)|\/\/|#)[ \t]*(?=\S)/g, "$1 ");
}

function* wrongContractCitations(path: string, comments: string, documents: Documents): Generator<string> {
  for (const match of comments.matchAll(CITATION)) {
    const { rfc, name, folder, kind = "", numbers = "", topic } = match.groups ?? {};
    if (rfc !== undefined || (kind.toLowerCase().startsWith("part") && !/^\d\d\b/.test(numbers))) continue;
    const source = folder ?? (name && NAMES[name.toLowerCase()]) ?? sourceFromPath(path);
    if (source === undefined) {
      yield `${path}: "${match[0]}" does not say whose contract it means`;
      continue;
    }
    const found = numbers.split(/, | and /).map((number) => {
      return kind.toLowerCase().startsWith("part")
        ? findPart(source, number, documents)
        : findSection(documents.get(`docs/contracts/${source}.md`), number);
    });
    if (found.includes(undefined)) yield `${path}: "${match[0]}" is not in docs/contracts/${source}`;
    else if (topic !== undefined && !found.some((section) => hasTopic(section ?? "", topic)))
      yield `${path}: "${match[0]}" names what is not there`;
  }
}

function* wrongDocumentCitations(path: string, comments: string, documents: Documents): Generator<string> {
  for (const match of comments.matchAll(DOCUMENT)) {
    const { path: cited = "", marked, plain } = match.groups ?? {};
    const document = documents.get(`docs/${cited}`);
    const heading = marked ?? plain;
    if (document === undefined) yield `${path}: docs/${cited} does not exist`;
    else if (
      heading !== undefined &&
      !listHeadings(document).some((each) => plainText(each).endsWith(plainText(heading)))
    )
      yield `${path}: docs/${cited} has no heading "${heading}"`;
  }
}

/** The source that a file belongs to, by the first folder or file name that begins with one. */
function sourceFromPath(path: string): Source | undefined {
  return path
    .split("/")
    .map((segment) => SOURCES.find((source) => new RegExp(`^${source}(?:[-.]|$)`).test(segment)))
    .find((source) => source !== undefined);
}

function findPart(source: string, number: string, documents: Documents): string | undefined {
  const path = [...documents.keys()].find((each) => each.startsWith(`docs/contracts/${source}/${number}-`));
  return path === undefined ? undefined : documents.get(path);
}

/** A numbered section with its subsections, heading first. */
function findSection(document: string | undefined, number: string): string | undefined {
  const blocks = document?.split(/^(?=#{2,3} )/m) ?? [];
  const start = blocks.findIndex((block) => new RegExp(`^#+ ${number.replaceAll(".", "\\.")}\\.? `).test(block));
  if (start < 0) return undefined;
  const length = blocks.slice(start + 1).findIndex((block) => block.startsWith("## "));
  return blocks.slice(start, length < 0 ? undefined : start + 1 + length).join("");
}

/** Whether a text has the numbered items or rows that a topic such as `steps 2 to 4` names, or else its very words. */
function hasTopic(text: string, topic: string): boolean {
  const [, first, last] = /^(?:steps?|items?|traps?) (\d+)(?: to (\d+))?/.exec(topic) ?? [];
  if (first === undefined) return plainText(text).includes(plainText(topic));
  return [first, last ?? first].every((number) => new RegExp(`^(?:\\| )?${number}(?:\\.| \\|)`, "m").test(text));
}

function listHeadings(document: string): string[] {
  return document.match(/^#+ .+$/gm) ?? [];
}

/** Words alone: no quotes, marks, hyphens, articles or capitals. */
function plainText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[`"'*]/g, "")
    .replace(/-/g, " ")
    .replace(/^the /, "")
    .replace(/\s+/g, " ")
    .trim();
}

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check, type Diagnostics } from "recheck";
import { EXCEPTIONS } from "./linear-expressions/exceptions.ts";
import { type Expression, findExpressions } from "./linear-expressions/find-expressions.ts";

// Every regular expression of ours takes time linear in what it is applied to: senders choose how long that is.
// Usage: node test/linear-expressions.ts [<folder>…], from the root of the project; what must hold is checked without arguments.
const FOLDERS = ["functions", "db", "dev", "infra", "test/support"];
/** Of one expression, on a busy machine; most take some milliseconds. */
const TIMEOUT_MS = 120_000;

type Found = Expression & { file: string };

/** What is wrong with an expression; undefined for a linear one. */
async function problemWith({ pattern, flags }: Expression): Promise<string | undefined> {
  if (pattern === undefined) return "built from what only a run knows: make it a literal, or list it with a reason";
  const found: Diagnostics = await check(pattern, flags, { timeout: TIMEOUT_MS });
  if (found.status === "safe") return undefined;
  if (found.status === "unknown") return `not decided: ${found.error.kind}`;
  return `${found.complexity.summary}, attacked by ${found.attack.pattern}`;
}

const folders = process.argv.length > 2 ? process.argv.slice(2) : FOLDERS;
const files = folders.flatMap((folder) => globSync("**/*.{ts,mjs}", { cwd: folder }).map((name) => join(folder, name)));
const expressions: Found[] = files
  .filter((file) => !file.includes("node_modules"))
  .flatMap((file) => findExpressions(file, readFileSync(file, "utf8")).map((found) => ({ ...found, file })));

const problems: string[] = [];
const used = new Set<unknown>();
for (const found of expressions) {
  const exception = EXCEPTIONS.find(({ file, text }) => file === found.file && text === found.text);
  const problem = exception === undefined ? await problemWith(found) : undefined;
  if (exception !== undefined) used.add(exception);
  if (problem !== undefined) problems.push(`${found.file}:${found.line} ${found.text}\n  ${problem}`);
}
if (folders === FOLDERS)
  for (const exception of EXCEPTIONS)
    if (!used.has(exception)) problems.push(`${exception.file} ${exception.text}\n  is listed, but no longer there`);

if (problems.length > 0) {
  console.error(`Not every regular expression is linear (test/linear-expressions.ts):\n${problems.join("\n")}`);
  process.exit(1);
}
console.log(`regular expressions: all ${expressions.length} are linear`);
// What checks them stays open otherwise.
process.exit();

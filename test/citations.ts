import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listWrongCitations } from "./citations/wrong-citations.ts";

// Every section, part and page that comments cite must exist.
const root = join(import.meta.dirname, "..");
const FOLDERS = ["cli", "functions", "db", "dev", "infra", "test"];

const filesBelow = (folder: string, extension: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path).replaceAll("\\", "/"))
    .filter((path) => extension.test(path) && !/\/(node_modules|recordings|dist|cdk\.out)\//.test(path));
const read = (path: string) => readFileSync(join(root, path), "utf8");

const documents = new Map(filesBelow("docs", /\.md$/).map((path) => [path, read(path)]));
const files = [...FOLDERS.flatMap((folder) => filesBelow(folder, /\.(ts|mjs|sql|toml|json)$/)), "wrangler.toml"];
const wrong = files.flatMap((path) => listWrongCitations(path, read(path), documents));
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`citations: all found, in ${files.length} files`);

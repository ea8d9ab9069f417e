import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

// The migrations must say what the schema says: generating from it into a copy has to add nothing.
const root = join(import.meta.dirname, "..");
const copy = mkdtempSync(join(tmpdir(), "runledger-drizzle-"));
cpSync(join(root, "drizzle"), copy, { recursive: true });
const before = readdirSync(copy).length;
const output = execFileSync("drizzle-kit", ["generate", "--name", "missing"], {
  cwd: root,
  encoding: "utf8",
  env: { ...process.env, DRIZZLE_OUT: relative(root, copy) },
});
const added = readdirSync(copy).length - before;
rmSync(copy, { recursive: true, force: true });
if (added > 0 || !output.includes("No schema changes")) {
  console.error("The schema has changes without a migration: npm exec drizzle-kit generate -- --name what_it_does");
  process.exit(1);
}
console.log("migrations: up to date with the schema");

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { readBlocks } from "./blocks.ts";

function page(...lines: string[]): string {
  const file = join(temporaryFolder(), "page.md");
  writeFileSync(file, lines.join("\n"));
  return file;
}

test("only blocks after a mark are run, without their indentation", () => {
  const file = page("    not this", "", "<!-- run -->", "    one", "", "      two", "text", "    nor this");
  expect(readBlocks(file)).toEqual([{ page: file, line: 3, script: "one\n\n  two", prints: undefined }]);
});

test("a mark says what the block prints, and may stand within a list", () => {
  const [block] = readBlocks(page("- item", "", '  <!-- run, prints "n": [1-9] -->', "      curl url"));
  expect([block?.script, block?.prints]).toEqual(["curl url", /"n": [1-9]/]);
});

test("a mark that no block follows is a fault of the page", () => {
  expect(() => readBlocks(page("<!-- run -->", "text"))).toThrow("no block follows the mark");
});

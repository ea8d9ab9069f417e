import { readFileSync } from "node:fs";

/** A block of shell lines of a page that is to be run, and what its output must hold. */
export type Block = { page: string; line: number; script: string; prints: RegExp | undefined };

const MARK = /^\s*<!-- run(?:, prints (.+))? -->$/;

/**
 * The blocks of a Markdown page that follow a mark: `<!-- run -->`, or `<!-- run, prints <expression> -->` when the text names
 * what they answer. A block is what is indented by four columns more than its mark.
 */
export function readBlocks(page: string): Block[] {
  const lines = readFileSync(page, "utf8").split("\n");
  return lines.flatMap((text, at) => {
    const [, prints] = MARK.exec(text) ?? [];
    if (!MARK.test(text)) return [];
    const indent = text.length - text.trimStart().length + 4;
    const script: string[] = [];
    for (const line of lines.slice(at + 1)) {
      const isInside = line.trim() === "" || line.startsWith(" ".repeat(indent));
      if (!isInside) break;
      script.push(line.slice(indent));
    }
    if (script.every((line) => line === "")) throw new Error(`${page}:${at + 1}: no block follows the mark`);
    return [
      { page, line: at + 1, script: script.join("\n"), prints: prints === undefined ? undefined : new RegExp(prints) },
    ];
  });
}

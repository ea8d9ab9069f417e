const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Digits of every script as those of ASCII: Unicode has them in runs of ten, zero first. */
function asciiDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let first = code;
    while (isDigit(first - 1)) first -= 1;
    return String((code - first) % 10);
  });
}

/**
 * The integer a text says in decimal, or undefined. As in the original, blanks around it, a sign, single underscores
 * between digits and digits of any script are fine (contract section 1.2); a byte order mark is no blank.
 */
export function integerIn(text: string): number | undefined {
  const bare = asciiDigits(strip(text));
  return /^[+-]?\d+(_\d+)*$/.test(bare) ? Number(bare.replaceAll("_", "")) : undefined;
}

/** Without blanks at both ends. */
function strip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const isBlank = (character: string) => character !== "\ufeff" && /[\s\x85]/.test(character);

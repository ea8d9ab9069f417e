/** Hex digits of a commit look like that too, so what stands before decides. */
const EXPONENT = /[eE][-+]?\d{3}/g;

/** With less, and two digits of exponent at most, a number has under 200 characters and stays within the range of a double. */
const LONG_RUN = /(?:^|\D)\d{60}/;

const BEFORE_NUMBERS = "[:, \t\r\n";

/**
 * Whether a JSON text may hold a number that no double holds, or one of 200 characters: it may say yes too often, never no.
 * Linear: no digit is looked back at from two exponents.
 */
export function mayHaveOddNumber(text: string): boolean {
  if (LONG_RUN.test(text)) return true;
  for (const { index } of text.matchAll(EXPONENT)) if (isExponentAt(text, index)) return true;
  return false;
}

/** Whether the letter at a place follows the digits of a number, rather than a text's. */
function isExponentAt(text: string, index: number): boolean {
  let start = index;
  while (isDigitOrPoint(text.charCodeAt(start - 1))) start -= 1;
  if (start === index) return false;
  if (text[start - 1] === "-") start -= 1;
  return start === 0 || BEFORE_NUMBERS.includes(text.charAt(start - 1));
}

const isDigitOrPoint = (code: number) => (code >= 0x30 && code <= 0x39) || code === 0x2e;

/** Digits with single underscores between them. */
const DIGITS = String.raw`\d+(?:_\d+)*`;

/** What Python's `float` reads as a finite number, blanks aside. Every part begins with what the part before cannot hold, so it is linear. */
const DECIMAL = new RegExp(`^[-+]?(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:e[-+]?${DIGITS})?$`, "i");

/** The number a text says as Python's `float` reads it; infinite when it is too large, undefined when it is none. */
export function parseDecimal(text: string): number | undefined {
  const bare = text.trim();
  return DECIMAL.test(bare) ? Number(bare.replaceAll("_", "")) : undefined;
}

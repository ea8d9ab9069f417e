import { endOfText } from "./walk.ts";

/** How much structure a JSON text may have. */
export type StructureLimits = {
  /** Values in all. */
  values: number;
  /** Values of one element of a list at the top (`{"builds": [element, …]}`). */
  elementValues?: number;
  /** Elements of all lists at the top. */
  elements?: number;
};

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);
/** Inside the object at the top and one of its lists. */
const ELEMENT_DEPTH = 2;

/**
 * Which limit a JSON text exceeds, if any, before it is parsed: what parsing builds may take a hundred times the text's
 * memory. Every comma and opening bracket outside texts stands for a value. One pass that builds nothing and stops at the limit.
 */
export function findExceededLimit(
  text: string,
  { values, elementValues = values, elements = values }: StructureLimits,
): keyof StructureLimits | undefined {
  // Each value takes a character or more.
  if (text.length <= Math.min(values, elementValues, elements)) return undefined;
  let total = 0;
  let listed = 0;
  let depth = 0;
  let element = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfText(text, at) - 1;
    else if (code === COMMA || OPENS.has(code)) {
      total += 1;
      element = depth <= ELEMENT_DEPTH ? 0 : element + 1;
      if (code === COMMA && depth === ELEMENT_DEPTH) listed += 1;
      if (code !== COMMA) depth += 1;
      if (total > values) return "values";
      if (listed > elements) return "elements";
      if (element > elementValues) return "elementValues";
    } else if (CLOSES.has(code)) depth -= 1;
  }
  return undefined;
}

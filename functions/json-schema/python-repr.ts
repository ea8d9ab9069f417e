import { isNumber, type Json, type JsonNumber } from "./json.ts";

/** What Python does not print as it is: control, format, private, unassigned characters and separators but the blank. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Writes a JSON value as Python's `repr` does: `'text'`, `True`, `None`, `{'a': 1}`, `[1.0]`. What is longer than `max` characters ends
 * somewhere beyond them: nobody reads on, and a value may have millions.
 */
export function pythonRepr(value: Json, max: number): string {
  let written = "";
  function write(part: Json): void {
    if (written.length > max) return;
    if (Array.isArray(part)) {
      written += "[";
      writeEach(part, write);
      written += "]";
    } else if (part instanceof Map) {
      written += "{";
      writeEach(part, ([key, member]) => {
        written += `${reprOfText(key, max)}: `;
        write(member);
      });
      written += "}";
    } else written += reprOfScalar(part, max);
  }
  function writeEach<T>(items: Iterable<T>, one: (item: T) => void): void {
    let separator = "";
    for (const item of items) {
      if (written.length > max) return;
      written += separator;
      one(item);
      separator = ", ";
    }
  }
  write(value);
  return written;
}

function reprOfScalar(value: null | boolean | string | JsonNumber, max: number): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return isNumber(value) ? reprOfNumber(value) : reprOfText(value, max);
}

function reprOfText(text: string, max: number): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let written = "";
  for (const char of text) {
    if (char === quote) written += `\\${char}`;
    else if (ESCAPES[char] !== undefined) written += ESCAPES[char];
    else if (char !== " " && UNPRINTABLE.test(char)) written += escaped(char.codePointAt(0) ?? 0);
    else written += char;
    if (written.length > max) break;
  }
  return quote + written + quote;
}

function escaped(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Whole numbers keep their digits; others are the shortest digits that mean the same double. */
function reprOfNumber({ text, value, isInt }: JsonNumber): string {
  if (isInt) return text === "-0" ? "0" : text;
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const plain = decimal(mantissa, power);
  return plain.includes(".") ? plain : `${plain}.0`;
}

function decimal(mantissa: string, power: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.padEnd(power + 1, "0");
  const fraction = whole.slice(power + 1);
  return sign + whole.slice(0, power + 1) + (fraction === "" ? "" : `.${fraction}`);
}

import { isLosslessNumber } from "lossless-json";

/** What Python does not print as it is: control, format, private, unassigned characters and separators but the blank. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Writes a parsed JSON value as Python's `repr` does: `'text'`, `True`, `None`, `{'a': 1}`, `[1.0]`. */
export function pythonRepr(value: unknown): string {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return reprOfText(value);
  if (typeof value === "number") return reprOfNumber(String(value));
  if (isLosslessNumber(value)) return reprOfNumber(value.value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  const members = Object.entries(Object(value)).map(([key, member]) => `${reprOfText(key)}: ${pythonRepr(member)}`);
  return `{${members.join(", ")}}`;
}

/** `deque(['properties', 'a', 0])`: a place in a document as Python's validators print it. */
export const pythonDeque = (path: readonly (string | number)[]): string => `deque(${pythonRepr(path)})`;

function reprOfText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let written = "";
  for (const char of text) {
    if (char === quote) written += `\\${char}`;
    else if (ESCAPES[char] !== undefined) written += ESCAPES[char];
    else if (char !== " " && UNPRINTABLE.test(char)) written += escaped(char.codePointAt(0) ?? 0);
    else written += char;
  }
  return quote + written + quote;
}

function escaped(code: number): string {
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Whole numbers keep their digits; others are the shortest digits that mean the same double. */
function reprOfNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text === "-0" ? "0" : text;
  const value = Number(text);
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

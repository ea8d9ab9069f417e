import type { JsonNumber } from "./json.ts";

/** Which of two numbers is larger, by value and without loss: negative, 0 or positive. */
export function compareNumbers(a: JsonNumber, b: JsonNumber): number {
  if (isExact(a) && isExact(b)) return sign(a.value, b.value);
  if (isWhole(a) && isWhole(b)) return sign(bigOf(a), bigOf(b));
  // One of them is a fraction and so below 2^53: the other is whole and beyond, or both are doubles.
  return sign(a.value, b.value);
}

/** The same text for numbers of the same value; doubles as Python's `float` reads them. */
export function numberKey(number: JsonNumber): string {
  if (Number.isSafeInteger(number.value) || !isWhole(number)) return String(number.value === 0 ? 0 : number.value);
  return String(bigOf(number));
}

export const isWhole = (number: JsonNumber): boolean => number.isInt || Number.isInteger(number.value);

/** Whether one number is a whole multiple of another, in decimals as they were written: 0.3 is one of 0.1. */
export function isMultiple(number: JsonNumber, divisor: JsonNumber): boolean {
  const [a, b] = [decimalOf(number.text), decimalOf(divisor.text)];
  if (a === undefined || b === undefined || b.digits === 0n) return false;
  const scale = Math.max(a.scale, b.scale);
  return (a.digits * 10n ** BigInt(scale - a.scale)) % (b.digits * 10n ** BigInt(scale - b.scale)) === 0n;
}

/** No double has an exponent beyond this, whatever its digits; what does is no multiple of anything. */
const MAX_EXPONENT = 2_000;

function decimalOf(text: string): { digits: bigint; scale: number } | undefined {
  const [mantissa = "0", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  if (Math.abs(Number(exponent)) > MAX_EXPONENT) return undefined;
  return { digits: BigInt(`${whole}${fraction}`), scale: fraction.length - Number(exponent) };
}

const isExact = ({ value, isInt }: JsonNumber) => !isInt || Number.isSafeInteger(value);
const bigOf = ({ text, value, isInt }: JsonNumber) => BigInt(isInt ? text : value);
const sign = <T extends number | bigint>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

import type { StackMode } from "../../dev/stack.ts";

/** The modes as the output calls them. */
export const MODES: Readonly<Record<StackMode, string>> = { worker: "embedded Worker", node: "self-host mode on Node" };

/** One line of the output: what was measured, in which mode, and beside what. */
export type Figure = {
  part: string;
  mode: StackMode;
  what: string;
  /** Value by name and unit, such as `deliveries/s` or `p50 ms`. */
  values: Readonly<Record<string, number>>;
  ratios?: readonly Ratio[];
};

/** A quotient of two things measured side by side, and the bound it is held against when there is one. */
export type Ratio = { of: string; value: number; atLeast?: number; atMost?: number };

/** Takes figures as they come. */
export type Report = { add(figure: Figure): void };

/** Whether a ratio keeps its bound; undefined without one. */
export function isMet({ value, atLeast, atMost }: Ratio): boolean | undefined {
  if (atLeast !== undefined) return value >= atLeast;
  return atMost === undefined ? undefined : value <= atMost;
}

/** One aligned line: the name, the values, then each ratio with its bound. */
export function lineOf({ what, values, ratios = [] }: Figure): string {
  const columns = Object.entries(values).map(([name, value]) => `${shown(value).padStart(7)} ${name}`);
  const bounds = ratios.map((ratio) => `${ratio.of} ${ratio.value.toFixed(2)}${boundText(ratio)}`);
  return `  ${what.padEnd(34)}${columns.join("  ")}${bounds.length === 0 ? "" : `   ${bounds.join(", ")}`}`;
}

/** The bound of a ratio and whether it is kept; empty without one. */
export function boundText(ratio: Ratio): string {
  const met = isMet(ratio);
  if (met === undefined) return "";
  const bound = ratio.atLeast === undefined ? `<= ${ratio.atMost}` : `>= ${ratio.atLeast.toFixed(2)}`;
  return ` (${bound}: ${met ? "met" : "missed"})`;
}

/** A value with about three digits. */
export function shown(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2);
}

import { PlainText } from "./plain-text.ts";

/** How often something passed, failed, or neither. */
export type Outcomes = { passed: number; failed: number; inconclusive: number };

/** A sign for a status. */
export function statusMark(status: string | null): string {
  if (status === "PASS") return "✅";
  return status === "FAIL" ? "❌" : "⚠️";
}

/** Counts in one line, in columns. */
export function countsLine(name: string, { passed, failed, inconclusive }: Outcomes): PlainText {
  const column = (count: number, status: string | null) =>
    `${new Intl.NumberFormat("en").format(count).padStart(9)} ${statusMark(status)}`;
  const columns = [column(passed, "PASS"), column(failed, "FAIL"), column(inconclusive, null)];
  return new PlainText(`${`${name}:`.padEnd(8)}${columns.join("")}`);
}

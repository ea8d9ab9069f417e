/** A text for people that was put together by `plainText`, so that nothing in it is taken for a command or another line. */
export class PlainText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | PlainText | readonly PlainText[];

/**
 * The tag of mail texts: a value is one line, whatever was submitted, so that it begins no line of its own (regzbot reads
 * commands at the beginning of lines). Texts of several lines go through `indented`; a list of texts is joined by line ends.
 */
export function plainText(parts: TemplateStringsArray, ...values: readonly Value[]): PlainText {
  return new PlainText(parts.reduce((text, part, i) => text + print(values[i - 1]) + part));
}

function print(value: Value | undefined): string {
  if (value === undefined) return "";
  if (value instanceof PlainText) return value.text;
  return typeof value === "object" ? value.map(({ text }) => text).join("\n") : oneLine(String(value));
}

const NOTHING = new PlainText("");

/** A text where a condition holds, else nothing. */
export function when(holds: boolean, text: () => PlainText): PlainText {
  return holds ? text() : NOTHING;
}

const MAX_LINES = 200;
const MAX_LINE = 400;

/** Lines as they were submitted, each indented, without control characters; only so many of them. */
export function indented(text: string): PlainText {
  const lines = text.toWellFormed().split(/\r\n|[\n\r\p{Zl}\p{Zp}]/u, MAX_LINES + 1);
  const shown = lines.slice(0, MAX_LINES).map((line) => `  ${inert(line.replaceAll("\t", "    ")).slice(0, MAX_LINE)}`);
  return new PlainText((lines.length > MAX_LINES ? [...shown, "  […]"] : shown).join("\n"));
}

const MAX_MAIL = 262_144;

/** A whole mail's text: at most one empty line in a row, one line end at its end, and of bounded length. */
export function mailText({ text }: PlainText): string {
  const tidy = `${text.trim().replace(/\n{3,}/g, "\n\n")}\n`;
  return tidy.length <= MAX_MAIL ? tidy : `${tidy.slice(0, MAX_MAIL)}\n[…]\n`;
}

const oneLine = (text: string) => inert(text.toWellFormed().replace(/[\s\p{Zl}\p{Zp}]+/gu, " ")).slice(0, 2_000);

/** Without what a terminal or a mail program would act upon. */
function inert(line: string): string {
  return line.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

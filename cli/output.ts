/** Where a command says how far it is and what came of it. */
export type Output = {
  /** How far it is: one line that is renewed on a terminal, a line each time elsewhere. */
  progress(line: string): void;
  /** Something that stays on the screen. */
  say(line: string): void;
  /** Something to mend, on standard error. */
  warn(text: string): void;
  /** What came of it: a sentence, or with --json the object as one line. */
  result(values: Readonly<Record<string, unknown>>, sentence?: string): void;
};

/** Output to the standard streams; with `json`, standard output holds nothing but the result. */
export function openOutput(json: boolean): Output {
  const stream = json ? process.stderr : process.stdout;
  let open = false;
  const line = (text: string) => {
    if (open) stream.write("\n");
    open = false;
    stream.write(`${text}\n`);
  };
  return {
    progress(text) {
      if (!stream.isTTY || text.includes("\n") || text.length >= stream.columns) return line(text);
      stream.write(`\r\u001b[2K${text}`);
      open = true;
    },
    say: line,
    warn: (text) => void process.stderr.write(`${text}\n`),
    result(values, sentence) {
      if (json) process.stdout.write(`${JSON.stringify(values)}\n`);
      else if (sentence !== undefined) line(sentence);
      else if (open) stream.write("\n");
    },
  };
}

import type * as z from "zod";
import type { Output } from "./output.ts";

/** Thrown for a command line that cannot be carried out as it stands; shown with the help, exit status 2. */
export class UsageError extends Error {}

/** One operator command: what its help says, what it takes, and what it does. */
export type Verb = {
  name: string;
  summary: string;
  /** What the help says beside the summary. */
  description?: string;
  /** The one positional argument, as `<file>` or `[name]`, and what it is. */
  argument?: readonly [syntax: string, description: string];
  /** Options as Commander writes them (`--older-than <age>`), and what each is. */
  options?: readonly (readonly [flags: string, description: string])[];
  /** Parses options (in camel case) and the argument (as `argument`), then does the work. */
  run: (given: Readonly<Record<string, unknown>>, output: Output) => Promise<void>;
};

/** A verb whose values are parsed before it runs. Throws UsageError with everything that is wrong. */
export function defineVerb<S extends z.ZodType>({
  values,
  run,
  ...verb
}: Omit<Verb, "run"> & { values: S; run: (values: z.output<S>, output: Output) => Promise<void> }): Verb {
  return {
    ...verb,
    async run(given, output) {
      const parsed = values.safeParse(given);
      if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ message }) => message).join("\n"));
      await run(parsed.data, output);
    },
  };
}

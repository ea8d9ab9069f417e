import { Command, CommanderError } from "commander";
import { openOutput } from "./output.ts";
import { UsageError, type Verb } from "./verb.ts";

/** What commands are about. */
export type Noun = { name: string; summary: string; verbs: readonly Verb[] };

/** Exit statuses: 0 done, 1 failed, 2 a command line that cannot be carried out. */
const FAILED = 1;
const MISUSED = 2;

/** The command line of these nouns. `run` sets the exit status and never throws. */
export function commandLine(nouns: readonly Noun[]): { run(args: readonly string[]): Promise<void> } {
  const program = new Command("runledger").description("Operator commands of Runledger.").exitOverride();
  for (const { name, summary, verbs } of nouns) {
    const noun = program.command(name).description(summary).exitOverride();
    for (const verb of verbs) noun.addCommand(verbCommand(verb));
  }
  return {
    async run(args) {
      try {
        // The scrape's original has a long option with one dash.
        const given = args.map((arg) => (arg === "-pwd" ? "--pwd" : arg));
        await program.parseAsync(given, { from: "user" });
      } catch (error) {
        process.exitCode = error instanceof CommanderError ? (error.exitCode === 0 ? 0 : MISUSED) : FAILED;
        if (!(error instanceof CommanderError)) console.error(errorMessage(error));
      }
    },
  };
}

function verbCommand({ name, summary, description = "", argument, options = [], run }: Verb): Command {
  const command = new Command(name).summary(summary).description(`${summary}.\n\n${description}`.trim());
  command.exitOverride().showHelpAfterError();
  if (argument !== undefined) command.argument(...argument);
  for (const [flags, text] of options) command.option(flags, text);
  command.option("--json", "print the result as one line of JSON");
  command.option("--env-file <file>", "read settings from a file; the environment counts before it");
  return command.action(async () => {
    const { json, envFile, ...values } = command.opts<Record<string, unknown>>();
    try {
      if (typeof envFile === "string") loadSettings(envFile);
      await run({ ...values, argument: command.args[0] }, openOutput(json === true));
    } catch (error) {
      if (error instanceof UsageError) command.error(error.message, { exitCode: MISUSED });
      throw error;
    }
  });
}

function loadSettings(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch {
    throw new UsageError(`--env-file: ${file} cannot be read`);
  }
}

/** What stopped a command, without stacks or statements. */
function errorMessage(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  return inner instanceof Error ? inner.message : String(inner);
}

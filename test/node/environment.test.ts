import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { readEnvironment } from "../../functions/node/environment.ts";
import { WrongConfiguration } from "../../functions/node/run-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const Settings = z.object({ SECRET: z.string().min(1), PLAIN: z.string().default("standard") });

test("a file takes the place of a variable, without the line ends at its end", () => {
  const file = join(temporaryFolder(), "secret");
  writeFileSync(file, " from the file\r\n\n");
  const read = readEnvironment(Settings, { SECRET: "from the variable", SECRET_FILE: file, PLAIN: "" });
  expect(read).toEqual({ SECRET: " from the file", PLAIN: "standard" });
});

test("a file that is not there, or is empty, is told by the variable's name", () => {
  const empty = join(temporaryFolder(), "empty");
  writeFileSync(empty, "\n");
  for (const [SECRET_FILE, problem] of [
    [`${empty}-not`, "SECRET_FILE: the file cannot be read"],
    [empty, /^SECRET: /],
  ] as const) {
    const read = () => readEnvironment(Settings, { SECRET: "from the variable", SECRET_FILE });
    expect(read).toThrow(WrongConfiguration);
    expect(read).toThrow(problem);
  }
});

test("files of variables that are no settings are left alone", () => {
  expect(readEnvironment(Settings, { SECRET: "s", OTHER_FILE: "/nowhere" })).toEqual({
    SECRET: "s",
    PLAIN: "standard",
  });
});

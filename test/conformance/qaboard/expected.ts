import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";

/** What takes the place of a recorded response: all of it, or members of its JSON. Steps count from 1. */
const Deviation = z.object({
  case: z.string(),
  step: z.int(),
  response: z.looseObject({}).optional(),
  set: z.looseObject({}).optional(),
  match: z.looseObject({}).optional(),
});
const Step = z.looseObject({ response: z.looseObject({}) });
const Case = z.looseObject({ name: z.string(), steps: z.array(Step) });

const DEVIATIONS = z
  .array(Deviation)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, "deviations.json"), "utf8")));

/** The file of a case as it is expected here: the recorded one, or a copy in `folder` where `deviations.json` differs. */
export function expectedCase(file: string, folder: string): string {
  const recorded = Case.parse(JSON.parse(readFileSync(file, "utf8")));
  const deviations = DEVIATIONS.filter((deviation) => deviation.case === recorded.name);
  if (deviations.length === 0) return file;
  for (const { step: number, response, set, match } of deviations) {
    const step = recorded.steps[number - 1];
    if (step === undefined) throw new Error(`${recorded.name} has no step ${number}`);
    step.response = response ?? { ...step.response, json: { ...Object(step.response.json), ...set } };
    if (match !== undefined) step.match = match;
  }
  const copy = join(folder, basename(file));
  writeFileSync(copy, JSON.stringify(recorded));
  return copy;
}

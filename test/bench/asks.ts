import * as z from "zod";

/** One request of a load. `fresh` gives the headers that differ each time it is sent, such as a delivery's id. */
export type Ask = {
  url: string;
  headers: Readonly<Record<string, string | number>>;
  body?: Buffer;
  fresh?: () => Record<string, string>;
};

/** What a module named by a `deliver` target exports: makes the requests from what the target gives. */
const AskMaker = z.object({ asksOf: z.custom<(given: unknown) => Ask[]>((value) => typeof value === "function") });

/** Makes the requests of a `deliver` target, in the process that sends them. */
export async function madeBy(module: string, given: unknown): Promise<Ask[]> {
  return AskMaker.parse({ ...(await import(module)) }).asksOf(given);
}

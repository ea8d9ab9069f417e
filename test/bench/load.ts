import { join } from "node:path";
import * as z from "zod";
import { type Child, startChild } from "./child.ts";

/** What is asked for, again and again. */
export const Target = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("read"),
    urls: z.array(z.url()),
    headers: z.record(z.string(), z.string()),
    body: z.string().optional().describe("sent with POST"),
  }),
  z.object({
    kind: z.literal("deliver"),
    maker: z.string().describe("file of a module that exports `asksOf`, which makes the requests"),
    given: z.unknown(),
  }),
]);
export type Target = z.infer<typeof Target>;

/** Closed: as many connections as given, each asks again when it was answered. Open: asks at a rate whatever the answers. */
export const Pace = z.discriminatedUnion("loop", [
  z.object({ loop: z.literal("closed"), connections: z.int().positive(), seconds: z.number() }),
  z.object({
    loop: z.literal("turns"),
    times: z.int().positive().describe("each url that often, one after the other"),
  }),
  z.object({ loop: z.literal("open"), perSecond: z.number(), seconds: z.number() }),
]);
export type Pace = z.infer<typeof Pace>;

/** What came of it: every answer with the index of its url, its duration, and when it came (ms since 1970). */
export const Measured = z.object({
  seconds: z.number(),
  meanBytes: z.number().describe("of the bodies sent"),
  answers: z.array(
    z.object({ index: z.int(), status: z.int(), ms: z.number(), at: z.number(), location: z.string().optional() }),
  ),
});
export type Measured = z.infer<typeof Measured>;

/** A load generator in a process of its own. */
export function openLoad(): Child & { run(target: Target, pace: Pace): Promise<Measured> } {
  const child = startChild(join(import.meta.dirname, "load-child.ts"));
  return {
    ...child,
    async run(target, pace) {
      const measured = await child.ask({ target, pace }, Measured);
      const wrong = measured.answers.find(({ status }) => status < 200 || status >= 300);
      if (wrong !== undefined)
        throw new Error(`${target.kind === "read" ? target.urls : target.maker} was answered with ${wrong.status}`);
      return measured;
    },
  };
}

import * as z from "zod";
import { withoutTrailingSlashes } from "../../formats/trailing-slashes.ts";

/** How submissions are ingested (contract part 02); part of the consumer's settings. */
export const KERNELCI_SETTINGS = {
  KERNELCI_MAX_VALUES: z.coerce
    .number()
    .int()
    .positive()
    .default(10_000_000)
    .describe("JSON values that one submission may hold; 98 MB of builds and tests have some 5,000,000"),
  KERNELCI_MAX_OBJECT_VALUES: z.coerce
    .number()
    .int()
    .positive()
    .default(100_000)
    .describe("JSON values that one checkout, build, test, issue or incident may hold, its misc included"),
  KERNELCI_MAX_OBJECT_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(1_048_576)
    .describe("bytes of one checkout, build, test, issue or incident as JSON, its numbers as they are printed"),
  KERNELCI_MAX_LOG_EXCERPTS: z.coerce
    .number()
    .int()
    .positive()
    .default(20_000)
    .describe("log excerpts of one submission that go to the object store; the others stay in their rows"),
  KERNELCI_LOG_EXCERPT_URL: z
    .string()
    .default("")
    .transform((url) => withoutTrailingSlashes(url.trim()) || undefined)
    .pipe(z.url({ protocol: /^https?$/ }).optional())
    .describe(
      "base of addresses of log excerpts, as https://ci.example.org/kernelci; empty keeps excerpts in their rows",
    ),
  KERNELCI_LOG_EXCERPT_THRESHOLD: z.coerce
    .number()
    .int()
    .min(0)
    .default(256)
    .describe("characters above which an excerpt goes to the object store"),
};

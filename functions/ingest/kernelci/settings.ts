import * as z from "zod";

/** How submissions are ingested (contract part 02); part of the consumer's settings. */
export const KERNELCI_SETTINGS = {
  KERNELCI_LOG_EXCERPT_URL: z
    .string()
    .default("")
    .transform((url) => url.trim().replace(/(?<!\/)\/+$/, "") || undefined)
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

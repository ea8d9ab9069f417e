import * as z from "zod";

/** The Git host, for the edge and the consumer alike. */
export const GIT_HOST_SETTINGS = {
  QABOARD_GIT_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Git host that commits and files are read from, as https://gitlab.example.org; unset: none"),
  QABOARD_GIT_KIND: z
    .enum(["gitlab", "github"])
    .default("gitlab")
    .describe("whose API it speaks; the URL of github is https://api.github.com"),
  QABOARD_GIT_TOKEN: z.string().min(1).optional().describe("secret: token that may read its repositories"),
};

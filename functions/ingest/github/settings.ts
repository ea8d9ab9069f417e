import * as z from "zod";
import { withoutTrailingSlashes } from "../../formats/trailing-slashes.ts";

/** An optional text; an empty one is none. */
const optionalText = z
  .string()
  .transform((text) => (text.trim() === "" ? undefined : text.trim()))
  .optional();

const Hook = z
  .string()
  .regex(/^(?:[\w.-]+\/[\w.-]+:\d+|org:[\w.-]+:\d+|app)$/, "must be owner/name:id or org:name:id of a hook, or app");

/** How the consumer asks GitHub's REST API (contract sections 5 and 6); part of the consumer's settings. */
export const GITHUB_SETTINGS = {
  GITHUB_MAX_VALUES: z.coerce
    .number()
    .int()
    .positive()
    .default(200_000)
    .describe("JSON values that one delivery may hold; a payload of 25 MB of GitHub's has some 100,000"),
  GITHUB_MAX_OBJECT_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(4_194_304)
    .describe("bytes of one run, job, workflow, commit or repository as JSON, its numbers as they are printed"),
  GITHUB_API_URL: z
    .url({ protocol: /^https?$/ })
    .default("https://api.github.com")
    .transform(withoutTrailingSlashes)
    .describe("base of GitHub's REST API; no other host is asked"),
  GITHUB_TOKEN: optionalText.describe("secret: token that reads repositories and Actions"),
  GITHUB_APP_ID: optionalText.describe("id of a GitHub App that is used where no token is set"),
  GITHUB_APP_PRIVATE_KEY: optionalText.describe("secret: the app's private key (PEM; \\n for line breaks)"),
  GITHUB_HOOKS: z
    .string()
    .default("")
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(Hook))
    .describe(
      "owner/name:id, or org:name:id, of each webhook whose delivery log is read for failures; the app's own is always read",
    ),
  GITHUB_STALE_HOURS: z.coerce
    .number()
    .positive()
    .default(3)
    .describe("hours without news after which an unfinished run is asked for"),
  GITHUB_SECONDARY_WAIT_SECONDS: z.coerce
    .number()
    .positive()
    .default(60)
    .describe("first wait at a secondary limit without Retry-After; doubled each time"),
};

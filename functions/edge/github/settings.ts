import * as z from "zod";
import { sha256List, urlList } from "../setting-types.ts";

/** Settings of the GitHub source at the edge. */
export const GITHUB_SETTINGS = {
  GITHUB_WEBHOOK_SECRET: z.string().min(1).optional().describe("secret of the GitHub webhooks"),
  GITHUB_WEBHOOK_SECRET_PREVIOUS: z.string().min(1).optional().describe("secret still accepted during a rotation"),
  GITHUB_UNSIGNED: z
    .enum(["refuse", "accept"])
    .default("refuse")
    .describe("what happens to webhooks while no secret is set"),
  GITHUB_READ_TOKEN_SHA256: sha256List.describe(
    "secret: SHA-256 of each token that may read /github; empty: everyone may",
  ),
  GITHUB_API_URLS: urlList("https://api.github.com").describe(
    "API bases inside stored objects that answers replace by our own",
  ),
};

import * as z from "zod";
import { bucketUrl } from "../formats/bucket-url.ts";

/** Where files are kept, for the edge and the consumer alike. */
export const FILES_SETTINGS = {
  QABOARD_FILES_URL: bucketUrl()
    .optional()
    .describe("S3 bucket of the files below /s, under the prefix files/; unset: the bucket of OBJECTS_URL"),
};

/** What the folders of commits follow from (QA-Board contract section 2.2), for the edge and the consumer alike. */
export const STORAGE_SETTINGS = {
  QABOARD_STORAGE: z
    .string()
    .regex(/^\//, "must be an absolute path")
    .optional()
    .describe("folder of all projects' files on /qaboard, whatever their configurations say; unset: what they say"),
  QABOARD_STORAGE_USER: z
    .string()
    .default("qaboard")
    .describe("what {user} stands for in the folders that configurations of /qaboard name"),
};

/** Absolute paths separated by commas. */
export const FOLDERS_SETTING = {
  QABOARD_FILES: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((path) => path.trim().replace(/(?<=[^/])\/+$/, ""))
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^\/[^/]/, "must be absolute paths of folders, separated by commas")))
    .describe("folders of this machine whose files are served below /s as they are, in place of a bucket"),
};

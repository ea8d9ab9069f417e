import * as z from "zod";

/** Where files are kept, for the edge and the consumer alike. */
export const FILES_SETTINGS = {
  QABOARD_FILES_URL: z
    .url()
    .optional()
    .describe("S3 bucket of the files below /s, under the prefix files/; unset: the bucket of OBJECTS_URL"),
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

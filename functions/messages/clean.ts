import * as z from "zod";

/** How far a cleaning is: the projects before this one are done, and of it the commits up to this id. */
const Cursor = z.strictObject({ project: z.string(), commitId: z.int().min(0) });
export type CleaningCursor = z.infer<typeof Cursor>;

/** Body of the messages that have old results cleaned (kind `clean` of qaboard), version 1. */
export const CleanMessage = z.strictObject({
  v: z.literal(1),
  /** Ages are counted up to here. */
  begunAt: z.iso.datetime(),
  from: Cursor.optional(),
});
export type CleanMessage = z.infer<typeof CleanMessage>;

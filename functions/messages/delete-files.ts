import * as z from "zod";

/** Body of the messages that have the rest of some folders deleted (kind `delete-files` of qaboard), version 1. */
export const DeleteFilesMessage = z.strictObject({
  v: z.literal(1),
  folders: z.array(z.string().max(4_096)).max(1_000),
  /** Files that were written later belong to whatever came after the deletion. */
  writtenUntil: z.iso.datetime(),
});
export type DeleteFilesMessage = z.infer<typeof DeleteFilesMessage>;

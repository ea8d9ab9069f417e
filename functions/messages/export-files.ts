import * as z from "zod";

/** Files of one output that are copied, and what their names get before the suffix. */
const Exported = z.strictObject({ folder: z.string(), label: z.string() });

/** Body of the messages that have files copied to a folder that is shared (kind `export` of qaboard), version 1. */
export const ExportMessage = z.strictObject({
  v: z.literal(1),
  exportFolder: z.string(),
  /** Glob of the files within each folder. */
  path: z.string().max(500),
  entries: z.array(Exported).max(10_000),
  /** Files that say what was exported: text by name. */
  notes: z.record(z.string(), z.string()),
});
export type ExportMessage = z.infer<typeof ExportMessage>;

import * as z from "zod";
import type { OriginalTable } from "./original-database.ts";

const DATETIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?$/;

/** A DATETIME of the original, which is UTC without a zone, as an ISO instant; null for none, also for MySQL's `0000-00-00`. */
const Instant = z
  .string()
  .nullish()
  .transform((text) => {
    const [, day, time] = DATETIME.exec(text ?? "") ?? [];
    const ms = Date.parse(`${day}T${time}Z`);
    return Number.isNaN(ms) ? null : new Date(ms).toISOString();
  });

/** PostgreSQL stores no NUL and no half surrogate pairs. */
const Text = z
  .string()
  .nullish()
  .transform((text) => (text ? text.replaceAll("\0", "\ufffd").toWellFormed() : null));
const Name = z
  .string()
  .min(1)
  .refine((text) => !text.includes("\0"));
const Repo = z.string().regex(/^[^/\s\0]+\/[^/\s\0]+$/);
const Id = z.string().regex(/^\d+$/).transform(Number).refine(Number.isSafeInteger);

/** Rows of the original as far as they are imported (contract section 1); the older columns may be missing. */
export const ROWS = {
  repos: z.object({ name: Repo }),
  branches: z.object({ name: Name, author: Text, repo: Repo }),
  commits: z.object({
    hash: Name,
    author: Text,
    message: Text,
    time: Instant,
    repo: Repo,
    forced: Text,
    authorurl: Text,
  }),
  workflows: z.object({ name: Name, url: Text, repo: Repo }),
  workflowruns: z.object({
    gitid: Id,
    repo: Repo,
    author: Text,
    status: Text,
    conclusion: Text,
    url: Text,
    branchname: Text,
    commithash: Text,
    workflowname: Text,
    createtime: Instant,
    starttime: Instant,
    endtime: Instant,
    queuetime: z.coerce.number().nonnegative().catch(0),
  }),
} satisfies Record<OriginalTable, z.ZodType>;

export type ImportedRow<T extends OriginalTable> = z.infer<(typeof ROWS)[T]>;

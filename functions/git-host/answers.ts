import type * as z from "zod";
import { OutboundError } from "../outside/outbound.ts";
import type { HostAnswer } from "./conditional-get.ts";

/** A JSON answer of a Git host as its schema describes it; throws OutboundError when it is something else. */
export function parseAnswer<T>(schema: z.ZodType<T>, { body }: HostAnswer): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch (cause) {
    throw new OutboundError("the Git host answered in an unknown shape", { cause });
  }
}

/** Pages of 100 entries that are read of one listing. */
export const MAX_PAGES = 100;
export const PAGE_SIZE = 100;

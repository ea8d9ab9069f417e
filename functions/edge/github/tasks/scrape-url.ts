import type { Context } from "hono";
import { signReceiptId, verifyReceiptId } from "../../../messages/receipt-id.ts";
import type { Env } from "../../env.ts";
import { apiBase } from "../http/answers.ts";

/** A key of its own, so that no other receipt passes for a scrape. */
const keyOf = (c: Context<Env>) => `scrape ${c.env.config.RECEIPT_KEY}`;

/** Where a scrape can be followed; signed, so that it needs no row to be known. */
export function scrapeUrl(c: Context<Env>, scrapeId: string): string {
  return `${apiBase(c)}/scrapes/${signReceiptId(scrapeId, keyOf(c))}`;
}

/** The scrape a signed id names, or undefined when we did not sign it. */
export function scrapeIdOf(c: Context<Env>, signed: string): string | undefined {
  return verifyReceiptId(signed, keyOf(c));
}

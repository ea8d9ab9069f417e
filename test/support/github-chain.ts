import type { Pool } from "pg";
import { expect } from "vitest";
import { receiptOf, settled } from "./database.ts";
import { deliver } from "./github-delivery.ts";

/** Sends a webhook through the whole chain and returns once its rows are stored. */
export async function store(pool: Pool, event: string, payload: unknown): Promise<void> {
  const answer = await deliver(event, payload);
  expect(answer.status).toBe(200);
  expect(await settled(pool, receiptOf(answer))).toMatchObject({ how: "inbox" });
}

import { expect, test } from "vitest";
import * as z from "zod";
import { testPool } from "../../support/database.ts";
import { answerOf } from "../../support/kernelci-reads.ts";
import { ownObjects } from "../../support/kernelci-rows.ts";

const pool = testPool();
const Origins = z.object({ checkout_origins: z.array(z.string()), test_origins: z.array(z.string()) });
const midnight = new Date().setUTCHours(0, 0, 0, 0);
const daysAgo = (days: number, seconds = 0) => new Date(midnight - days * 86_400_000 + seconds * 1_000).toISOString();

test("origins of the last days, whole days back, each once and sorted", async () => {
  const { origin: inside } = await ownObjects(pool, { checkout: { start_time: daysAgo(3) } });
  const { origin: outside } = await ownObjects(pool, { checkout: { start_time: daysAgo(3, -1) } });
  const { checkout_origins: three, test_origins: fixed } = Origins.parse(
    await answerOf("/origins/?interval_in_days=3"),
  );
  expect(three).toContain(inside);
  expect(three).not.toContain(outside);
  expect(three).toEqual([...new Set(three)].sort());
  expect(fixed).toContain("maestro");
  expect(Origins.parse(await answerOf("/origins/")).checkout_origins).toContain(outside);
  expect(Origins.parse(await answerOf("/origins/?interval_in_days=99999999999")).checkout_origins).toContain(outside);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";
import * as z from "zod";
import { pooledDatabase } from "../../../db/client.ts";
import { rebuildDerived } from "../../../db/upserts/kernelci/derived/rebuild.ts";
import type { Stack } from "../../../dev/stack.ts";
import { submitted } from "./submitter.ts";

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const TABLES = ["checkouts", "builds", "tests", "issues", "incidents"] as const;

const Sent = z.looseObject({ id: z.string(), _timestamp: z.string().optional() });
const SeedFile = z.looseObject(Object.fromEntries(TABLES.map((table) => [table, z.array(Sent).default([])])));

/** The recorded submissions in order of their names, as texts; relative times count from `now`, in whole seconds. */
export function seedTexts(folder: string, now = new Date()): { name: string; text: string }[] {
  const moment = Math.floor(now.getTime() / 1_000) * 1_000;
  const timeBefore = (count: string, unit: keyof typeof UNITS) =>
    new Date(moment - Number(count) * UNITS[unit]).toISOString().replace(/\.000Z$/, "+00:00");
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      const filled = text.replace(/\{\{now-(\d+)([mhd])\}\}/g, (_, count: string, unit: "m" | "h" | "d") =>
        timeBefore(count, unit),
      );
      return { name, text: filled };
    });
}

/**
 * Submits the recorded seed through the whole chain, each file stored before the next, then sets the times of ingestion
 * it names and recounts what derives, since the earliest incident of a test counts. Returns what went wrong.
 */
export async function loadSeed(stack: Stack, pool: Pool, folder: string): Promise<string[]> {
  const files = seedTexts(folder);
  for (const { name, text } of files) {
    const { status, reason } = await submitted(stack.edgeUrl, text);
    if (status !== "processed") return [`${name}: ${status}: ${reason}`];
  }
  for (const { text } of files) await setTimestamps(pool, SeedFile.parse(JSON.parse(text)));
  await recount(stack);
  return [];
}

async function recount({ databaseUrl, neonProxy }: Stack): Promise<void> {
  const { db, end } = pooledDatabase(databaseUrl, neonProxy, 1);
  try {
    await db.transaction((tx) => rebuildDerived(tx));
  } finally {
    await end();
  }
}

async function setTimestamps(pool: Pool, file: z.infer<typeof SeedFile>): Promise<void> {
  for (const table of TABLES) {
    const times = z.array(Sent).parse(file[table]);
    await pool.query(
      `update kernelci.${table} as stored set _timestamp = given._timestamp
        from jsonb_to_recordset($1::jsonb) as given(id text, _timestamp timestamptz)
        where given.id = stored.id and given._timestamp is not null`,
      [JSON.stringify(times)],
    );
  }
}

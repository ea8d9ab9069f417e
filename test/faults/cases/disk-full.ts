import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Fault, Scene } from "../fault.ts";
import { keptIds } from "../ids.ts";
import { moveToSmallDisk, type SmallDisk, whyNoMount } from "../small-disk.ts";

/** A fresh cluster takes 80 MB, its log of writes as much again. */
const DISK_MB = 400;
const Place = z.tuple([z.object({ folder: z.string() })]);

let disk: SmallDisk | undefined;

/**
 * The disk of PostgreSQL is full for a while: no row and no log of writes finds room, so that the server ends by itself and
 * cannot come back before there is room. Receipts go on, and nothing is given up.
 */
export const diskFull: Fault = {
  name: "disk-full",
  quick: true,
  missing: whyNoMount,
  async between() {
    return {
      env: {},
      async stop() {
        disk?.unmount();
        disk = undefined;
      },
    };
  },
  async run(scene) {
    disk = await moveDatabase(scene);
    const [wrong] = await Promise.all([fillForAWhile(scene, disk), scene.sender.send(scene.load)]);
    const others = [...scene.sender.statuses].filter(([status]) => status !== 200);
    return [
      ...wrong,
      ...others.map(([status, count]) => `${count} receipts were answered with ${status} while the disk was full`),
    ];
  },
};

async function moveDatabase({ stack, pool }: Scene): Promise<SmallDisk> {
  const { rows } = await pool.query("select current_setting('data_directory') as folder");
  const [{ folder }] = Place.parse(rows);
  await stack.postgres.stop();
  const small = moveToSmallDisk(folder, DISK_MB);
  await stack.postgres.start();
  return small;
}

async function fillForAWhile({ pool, scale }: Scene, small: SmallDisk): Promise<string[]> {
  await sleep(1_500);
  const end = performance.now() + scale.outageMs;
  let refused = 0;
  // What is freed, such as a temporary file, is taken again.
  for (; performance.now() < end; await sleep(250)) {
    small.fill();
    refused += await pool
      .query("create table full_disk as select repeat(n::text, 99) as line from generate_series(1, 99999) n")
      .then(
        async () => {
          await pool.query("drop table full_disk");
          return 0;
        },
        () => 1,
      );
  }
  small.clear();
  const wrong = refused === 0 ? ["the disk was never full"] : [];
  const back = performance.now() + 60_000;
  for (; performance.now() < back; await sleep(250)) {
    const kept = await keptIds(pool).catch(() => undefined);
    if (kept === undefined) continue;
    if (kept.rejected.size + kept.dead.size > 0) wrong.push("something was given up");
    return wrong;
  }
  return [...wrong, "PostgreSQL did not come back within a minute"];
}

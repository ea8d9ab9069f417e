import { beforeEach, expect, test } from "vitest";
import { objectFigures } from "../../../db/queries/kernelci/object-figures.ts";
import type { NewTest, Objects } from "../../../db/upserts/kernelci/objects.ts";
import { storeSubmissions } from "../../../db/upserts/kernelci/store.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const scratch = scratchDatabase();
const NONE: Objects = { checkouts: [], builds: [], tests: [], issues: [], incidents: [] };
const run = (id: number, platform: unknown): NewTest => ({
  id: `maestro:t${id}`,
  origin: "maestro",
  buildId: "maestro:b",
  misc: { runtime: "lab" },
  environmentMisc: { platform },
});

beforeEach(() => scratch().pool.query("truncate kernelci.object_counts"));

const store = (tests: NewTest[], isCounted = true) =>
  scratch().db.transaction((tx) =>
    storeSubmissions(tx, [
      {
        receiptId: newReceiptId(),
        objects: { ...NONE, tests },
        ...(isCounted ? { counted: { origin: "maestro", sizeBytes: 1 } } : {}),
      },
    ]),
  );
const told = async () => (await objectFigures(scratch().db)).objects;

test("an object counts each time it is sent", async () => {
  await store([run(1, "board")]);
  await store([run(1, "board")]);
  expect(await told()).toEqual([{ what: "tests", origin: "maestro", lab: "lab", platform: "board", total: 2 }]);
});

test("copies and replays are not sent", async () => {
  await store([run(2, "board")], false);
  expect(await told()).toEqual([]);
});

test("of one transaction five hundred groups of labels are told apart, and no object is lost", async () => {
  await store(Array.from({ length: 700 }, (_, at) => run(at, `board ${at}`)));
  const groups = await told();
  expect(groups.length).toBe(501);
  expect(groups.reduce((sum, { total }) => sum + total, 0)).toBe(700);
});

test("a thousand groups of labels are shown, and the rest as one", async () => {
  for (const part of [0, 1, 2])
    await store(Array.from({ length: 500 }, (_, at) => run(at, `board ${part * 500 + at}`)));
  const groups = await told();
  expect(groups.length).toBe(1_001);
  expect(groups.find(({ origin }) => origin === "other")?.total).toBe(500);
});

test("labels are cut, and what is no text is none", async () => {
  await store([run(3, "x".repeat(500)), run(4, { a: 1 }), run(5, 7)]);
  expect((await told()).map(({ platform, total }) => [platform, total])).toEqual([
    ["", 2],
    ["x".repeat(100), 1],
  ]);
});

import { expect, test } from "vitest";
import { answerOf, ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const HASH = "cbe797502236f344b9c291d03b2b7903b2153379";
const DIRECT = `/tree/mainline/master/${HASH}/commits?origin=maestro`;
const CHOSEN = `/tree/commits-history?origin=maestro&tree_name=mainline&git_branch=master&commit_hashes=${HASH}`;
const NONE = { error: "History of tree commits not found" };
const ATTACK = encodeURIComponent(`x' or true; drop table kernelci.checkouts; --`);

test("texts of the caller stay texts, wherever they stand", async () => {
  for (const path of [
    `/tree/mainline/master/${ATTACK}/commits?origin=maestro`,
    `/tree/${ATTACK}/master/${HASH}/commits?origin=maestro`,
    `/tree/mainline/${ATTACK}/commits?origin=maestro`,
    `${DIRECT.replace("maestro", ATTACK)}`,
    `${CHOSEN.replace(HASH, ATTACK)}`,
    `/tree/${HASH}/commits?origin=maestro&git_branch=master&git_url=${ATTACK}`,
  ])
    expect(await answerOf(path), path).toEqual(NONE);
  expect(await answerOf(`${DIRECT}&filter_architecture=${ATTACK}&filter_test.hardware=${ATTACK}`)).toEqual([]);
  expect(await answerOf(DIRECT)).toHaveLength(6);
});

test("numbers beyond all bounds are no time range and no duration", async () => {
  const far = "9".repeat(400);
  expect(await answerOf(`${DIRECT}&start_timestamp_in_seconds=-${far}&end_timestamp_in_seconds=${far}`)).toHaveLength(
    6,
  );
  for (const path of [DIRECT, CHOSEN]) {
    const answer = await ask(`${path}&filter_test.duration_[gte]=${far}&filter_build.duration_[lte]=${far}`);
    expect([200, 400]).toContain(answer.status);
  }
});

test("an issue's version beyond all bounds finds nothing", async () => {
  const answer = await ask(`${DIRECT}&filter_test.issue=x,99999999999999`);
  expect(answer.status).toBe(200);
});

test("hundreds of hashes are one question", async () => {
  const hashes = Array.from({ length: 300 }, (_, n) => n.toString(16).padStart(40, "0"));
  expect(await answerOf(CHOSEN.replace(HASH, [...hashes, HASH].join(",")))).toHaveLength(301);
});

test("NUL is refused", async () => {
  for (const path of [`${DIRECT}&filter_architecture=%00`, `${CHOSEN}%00`, "/tree/%00/master/commits?origin=maestro"]) {
    const answer = await ask(path);
    expect(answer.status, path).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
  }
});

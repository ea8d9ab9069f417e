import { expect, test } from "vitest";
import { answerOf, ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const GIVEN =
  "/tree-report/?git_url=https://android.googlesource.com/kernel/common&git_branch=android-mainline&max_age_in_hours=720";
const NONE = { error: "Tree not found in the given interval" };
const ATTACK = encodeURIComponent(`x' or true; drop table kernelci.tests; --`);

test("texts of the caller stay texts", async () => {
  for (const name of ["origin", "git_url", "git_branch", "tree_name"])
    expect(await answerOf(`${GIVEN}&${name}=${ATTACK}`), name).toEqual(NONE);
  expect(await answerOf(`${GIVEN}&path=${ATTACK}`)).toHaveProperty("possible_regressions", {});
  expect(await answerOf(GIVEN)).toHaveProperty("possible_regressions.bcm2711-rpi-4-b");
});

test("numbers beyond all bounds cost nothing", async () => {
  const far = "9".repeat(400);
  expect((await ask(`${GIVEN}&group_size=${far}&min_age_in_hours=-${far}`)).status).toBe(200);
  expect((await ask(`${GIVEN}&min_age_in_hours=${far}`)).status).toBe(400);
  expect((await ask(`${GIVEN}&path=${"%25a".repeat(2_000)}`)).status).toBe(200);
});

test("NUL is refused", async () => {
  expect((await ask(`${GIVEN}&path=%00`)).status).toBe(400);
});

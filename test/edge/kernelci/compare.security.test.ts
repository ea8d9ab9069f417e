import { expect, test } from "vitest";
import { answerOf, ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const RECORDED = "hash_a=cfc4a46707c49d7c0e053e3dc57ca1366b4734d8&hash_b=cbe797502236f344b9c291d03b2b7903b2153379";
const ATTACK = encodeURIComponent(`x' or true; drop table kernelci.tests; --`);
const FILTERS = ["architecture", "compiler", "config_name", "test.hardware", "test.lab", "test.status", "test.origin"];

test("texts of the caller stay texts", async () => {
  for (const name of [...FILTERS, "test.platform", "test.path"])
    expect(await answerOf(`/tree/mainline/master/compare/tests?${RECORDED}&filter_${name}=${ATTACK}`), name).toEqual(
      name === "test.status"
        ? await answerOf(`/tree/mainline/master/compare/tests?${RECORDED}&filter_test.status=MISS`)
        : [],
    );
  expect(await answerOf(`/tree/${ATTACK}/${ATTACK}/compare/tests?${RECORDED}`)).toEqual([]);
  expect(await answerOf(`/tree/mainline/master/compare/tests?hash_a=${ATTACK}&hash_b=${ATTACK}`)).toEqual([]);
  expect(await answerOf(`/tree/mainline/master/compare/tests?${RECORDED}`)).not.toEqual([]);
});

test("another origin's results stay out", async () => {
  expect(await answerOf(`/tree/mainline/master/compare/builds?${RECORDED}&origin=nobody`)).toEqual([]);
});

test("characters that cannot be stored are refused", async () => {
  for (const path of [`/tree/mainline/%00/compare?${RECORDED}`, "/tree/mainline/master/compare?hash_a=%00&hash_b=b"]) {
    const answer = await ask(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.any(String) });
  }
});

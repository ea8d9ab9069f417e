import { expect, test } from "vitest";
import * as z from "zod";
import { answerOf, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

const Figures = z.looseObject({ n_tests: z.int(), prev_n_tests: z.int(), lab_maps: z.record(z.string(), z.unknown()) });
const figuresOf = async (query: string) => Figures.parse(await answerOf(`/metrics/${query}`));

test("without parameters the last seven days before today are meant", async () => {
  expect(await figuresOf("")).toEqual(await figuresOf("?start_days_ago=7&end_days_ago=0"));
});

test("an interval is compared with the one of the same length before it", async () => {
  const [now, before] = [await figuresOf("?start_days_ago=1"), await figuresOf("?start_days_ago=2&end_days_ago=1")];
  expect(now.prev_n_tests).toBe(before.n_tests);
  expect(now.prev_n_tests).toBeGreaterThan(0);
  expect(now.prev_lab_maps).toEqual(before.lab_maps);
});

test("an interval before anything was stored has zeros and empty lists", async () => {
  expect(await figuresOf("?start_days_ago=999999999999&end_days_ago=90000")).toMatchObject({
    n_tests: 0,
    lab_maps: {},
    top_issues_by_origin: {},
  });
});

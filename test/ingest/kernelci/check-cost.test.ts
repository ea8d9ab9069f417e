import { expect, test } from "vitest";
import { documentOf } from "../../../functions/ingest/kernelci/document.ts";

const reasonFor = (lists: string) => {
  try {
    documentOf(new Uint8Array(Buffer.from(`{"version":{"major":5,"minor":3},${lists}}`)));
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "none";
};

test.each([
  ["incidents without anything", `"incidents":[${"{},".repeat(400_000)}{}]`],
  ["tests of unknown properties", `"tests":[${`{${'"a":1,'.repeat(9)}"b":1},`.repeat(400_000)}{}]`],
  ["one build of unknown properties", `"builds":[{${Array.from({ length: 400_000 }, (_, n) => `"a${n}":1`)}}]`],
])("%s, very many of them, are refused with their first problems and no more memory than they take", (_, lists) => {
  const heap = process.memoryUsage().heapUsed;
  const reason = reasonFor(lists);
  expect(reason).toMatch(/^\/(incidents|tests|builds)\/0\/.*; and (at least )?\d+ more$/s);
  expect(reason.length).toBeLessThan(4_000);
  expect((process.memoryUsage().heapUsed - heap) / lists.length).toBeLessThan(60);
});

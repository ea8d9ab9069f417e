import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { openTurns } from "../../../functions/ingest/poll/turns.ts";

/** Work that notes its begin and end, and ends when it is told. */
function works() {
  const notes: string[] = [];
  const work = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const run = async () => {
      notes.push(`${name} begins`);
      await promise.finally(() => notes.push(`${name} ends`));
    };
    return { run, end: resolve, fail: () => reject(new Error(name)) };
  };
  return { notes, work };
}

test("work that may run together does", async () => {
  const { notes, work } = works();
  const [one, other] = [work("one"), work("other")];
  const turns = openTurns();
  const both = [turns.together(one.run), turns.together(other.run)];
  await nextTurn();
  expect(notes).toEqual(["one begins", "other begins"]);
  for (const { end } of [one, other]) end();
  await Promise.all(both);
});

test("work that runs alone waits for what runs, and what is asked for later waits for it", async () => {
  const { notes, work } = works();
  const [before, lonely, after] = [work("before"), work("lonely"), work("after")];
  const turns = openTurns();
  const all = [turns.together(before.run), turns.alone(lonely.run), turns.together(after.run)];
  await nextTurn();
  expect(notes).toEqual(["before begins"]);
  before.end();
  await nextTurn();
  expect(notes.slice(1)).toEqual(["before ends", "lonely begins"]);
  lonely.end();
  await nextTurn();
  expect(notes.slice(3)).toEqual(["lonely ends", "after begins"]);
  after.end();
  await Promise.all(all);
});

test("work that fails lets the next one begin", async () => {
  const { notes, work } = works();
  const [failing, lonely, next] = [work("failing"), work("lonely"), work("next")];
  const turns = openTurns();
  const outcomes = Promise.allSettled([turns.together(failing.run), turns.alone(lonely.run), turns.alone(next.run)]);
  await nextTurn();
  failing.fail();
  await nextTurn();
  lonely.fail();
  await nextTurn();
  next.end();
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  expect(notes.at(-1)).toBe("next ends");
});

import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keptChild } from "../../dev/kept-child.ts";

const entry = join(import.meta.dirname, "programs/answering.ts");

test("one that is asked while it is started again answers once it is up", async () => {
  const child = keptChild({ name: "it", entry, env: {}, onLog: () => {} });
  onTestFinished(() => child.stop());
  await child.start();
  expect(await child.ask("first")).toEqual({ asked: "first" });
  const killed = child.pid;
  child.kill("SIGKILL");
  await expect.poll(() => child.pid !== undefined && child.pid !== killed).toBe(true);
  expect(await child.ask("second")).toEqual({ asked: "second" });
});

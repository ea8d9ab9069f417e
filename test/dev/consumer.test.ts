import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lambdaChild } from "../../dev/consumer/child.ts";
import { REGION } from "../../dev/emulator.ts";
import { isAlive } from "../../dev/processes.ts";
import { ownEmulator, sendAll } from "../support/queue-sender.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const NOTE = join(import.meta.dirname, "functions", "note.ts");

/** An emulator, and what a consumer of it needs; `notes` tells what its function noted. */
async function queueAndNotes() {
  const emulator = await ownEmulator({ visibilityTimeoutSeconds: 1 });
  const file = join(temporaryFolder(), "notes");
  const env = {
    NOTES: file,
    QUEUE_URL: emulator.queueUrl,
    DEAD_LETTER_QUEUE_URL: emulator.deadLetterQueueUrl,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
  };
  const notes = () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);
  return { emulator, env, notes };
}

function keep(env: Readonly<Record<string, string>>, functions = { main: NOTE, deadLetter: NOTE }) {
  const lines: string[] = [];
  const child = lambdaChild({ env, functions, onLog: (line) => lines.push(line) });
  onTestFinished(() => child.stop());
  return { child, lines };
}

test("a consumer killed in the middle of a batch is started again, and the batch comes again", async () => {
  const { emulator, env, notes } = await queueAndNotes();
  const { child, lines } = keep(env);
  await child.start();
  const first = child.pid;
  await sendAll(emulator.queueUrl, ["a"]);
  await expect.poll(notes).toEqual(["began a"]);
  child.kill("SIGKILL");
  await expect.poll(notes, { timeout: 10_000 }).toEqual(["began a", "began a", "finished a"]);
  expect(child.pid).not.toBe(first);
  expect(lines).toContainEqual(expect.stringContaining("SIGKILL"));
});

test("stop finishes the batch in hand; start and restart poll again", async () => {
  const { emulator, env, notes } = await queueAndNotes();
  const { child } = keep(env);
  await child.start();
  await sendAll(emulator.queueUrl, ["a"]);
  await expect.poll(notes).toEqual(["began a"]);
  await child.stop();
  expect(notes()).toEqual(["began a", "finished a"]);
  expect(emulator.inspect("runledger")).toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  expect(child.pid).toBeUndefined();
  await sendAll(emulator.queueUrl, ["b"]);
  await child.start();
  await child.restart();
  await expect.poll(notes, { timeout: 5_000 }).toContain("finished b");
});

test("the dead-letter queue is polled too", async () => {
  const { emulator, env, notes } = await queueAndNotes();
  await keep(env).child.start();
  await sendAll(emulator.deadLetterQueueUrl, ["dead"]);
  await expect.poll(notes, { timeout: 5_000 }).toEqual(["began dead", "finished dead"]);
});

test("a consumer whose supervisor is killed finishes what it has in hand and ends", async () => {
  const { emulator, env, notes } = await queueAndNotes();
  const supervisor = spawn(process.execPath, [join(import.meta.dirname, "programs", "hold-consumer.ts")], {
    env: { ...process.env, ...env },
  });
  const [said] = await once(supervisor.stdout, "data");
  const pid = Number(said);
  await sendAll(emulator.queueUrl, ["a"]);
  await expect.poll(notes).toEqual(["began a"]);
  supervisor.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  expect(notes()).toEqual(["began a", "finished a"]);
});

test("a function that can't be loaded is an error", async () => {
  const { env } = await queueAndNotes();
  const { child, lines } = keep(env, { main: join(import.meta.dirname, "none.ts"), deadLetter: NOTE });
  await expect(child.start()).rejects.toThrow("did not come up");
  await expect.poll(() => lines.join("\n")).toContain("none.ts");
});

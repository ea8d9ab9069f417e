import { expect, inject, test } from "vitest";
import { ENTRIES, spawnNode, startNode } from "../support/node-process.ts";
import { openRaw } from "../support/raw-http.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { functionEnv } = inject("stack");
const WRONG = {
  DATABASE_URL: "mysql://user:topsecret@host/db",
  QUEUE_URL: "topsecret queue",
  OBJECTS_URL: "",
  AWS_REGION: functionEnv.AWS_REGION ?? "",
  AWS_ACCESS_KEY_ID: "x",
};

test("with wrong settings the edge names every one, no value, and does not start", async () => {
  const { output, exited } = spawnNode(ENTRIES.edge, { ...WRONG, PORT: "70000", PUBLIC_SCHEME: "gopher" });
  expect(await exited).toBe(78);
  const named = output.stderr.trimEnd().split("\n");
  const missing = ["OBJECTS_URL is missing", "AWS_SECRET_ACCESS_KEY is missing", "RECEIPT_KEY is missing"];
  expect(named).toEqual(expect.arrayContaining(missing));
  for (const name of ["DATABASE_URL", "QUEUE_URL", "PORT", "PUBLIC_SCHEME"])
    expect(named).toContainEqual(expect.stringMatching(`^${name}: `));
  expect(named).toHaveLength(7);
  expect(output.stderr + output.stdout).not.toContain("topsecret");
});

test("with wrong settings the consumer names every one, no value, and does not start", async () => {
  const { output, exited } = spawnNode(ENTRIES.consumer, { ...WRONG, DATABASE_POOL_SIZE: "none" });
  expect(await exited).toBe(78);
  const named = output.stderr.trimEnd().split("\n");
  const missing = ["OBJECTS_URL is missing", "AWS_SECRET_ACCESS_KEY is missing", "DEAD_LETTER_QUEUE_URL is missing"];
  expect(named).toEqual(expect.arrayContaining(missing));
  for (const name of ["DATABASE_URL", "QUEUE_URL", "DATABASE_POOL_SIZE"])
    expect(named).toContainEqual(expect.stringMatching(`^${name}: `));
  expect(named).toHaveLength(6);
  expect(output.stderr + output.stdout).not.toContain("topsecret");
});

test("the command that starts both names the wrong settings of both, before it starts anything", async () => {
  const env = { ...WRONG, RECEIPT_KEY: "topsecret", DATABASE_POOL_SIZE: "none", RUNLEDGER_DATA: temporaryFolder() };
  const { output, exited } = spawnNode("dev/start.mjs", env, ["--self-host"]);
  expect(await exited).toBe(1);
  for (const name of ["DATABASE_URL", "QUEUE_URL", "RECEIPT_KEY", "DATABASE_POOL_SIZE"])
    expect(output.stderr).toMatch(new RegExp(`^${name}: `, "m"));
  for (const name of ["DEAD_LETTER_QUEUE_URL", "OBJECTS_URL", "AWS_SECRET_ACCESS_KEY"])
    expect(output.stderr).toMatch(new RegExp(`^${name} is missing$`, "m"));
  expect(output.stderr + output.stdout).not.toContain("topsecret");
});

test("a port that is taken is told, and the process ends", async () => {
  const { url } = await startNode("edge");
  const second = startNode("edge", { PORT: new URL(url).port });
  await expect(second).rejects.toThrow(/ended with 1: .*EADDRINUSE/s);
});

test("a body that breaks off costs only itself", async () => {
  const { url, output } = await startNode("edge");
  const { socket } = await openRaw(url);
  const headers = `Content-Type: application/json\r\nX-Hub-Signature-256: sha256=${"0".repeat(64)}`;
  socket.write(
    `POST /github/webhook HTTP/1.1\r\nHost: x.example\r\n${headers}\r\nContent-Length: 100\r\n\r\nten bytes.`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.destroy();
  await expect.poll(() => output.stdout).toMatch(/"route":"\/github\/webhook","status":400/);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  expect(output.stderr).toBe("");
});

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { freePorts } from "../../dev/ports.ts";
import { isAlive } from "../../dev/processes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG = { timeout: 120_000 };
const START = join(import.meta.dirname, "..", "..", "dev", "start.mjs");
const Instance = z.object({ children: z.array(z.object({ part: z.string(), pid: z.number() })) });

let settings: Record<string, string>;
beforeEach(async () => {
  const [edge, postgres, neon, aws, issuer, registry, smtp, mails] = (await freePorts(8)).map(String);
  settings = {
    PORT: edge ?? "",
    RUNLEDGER_POSTGRES_PORT: postgres ?? "",
    RUNLEDGER_NEON_PORT: neon ?? "",
    RUNLEDGER_AWS_PORT: aws ?? "",
    RUNLEDGER_ISSUER_PORT: issuer ?? "",
    RUNLEDGER_REGISTRY_PORT: registry ?? "",
    RUNLEDGER_SMTP_PORT: smtp ?? "",
    RUNLEDGER_MAILS_PORT: mails ?? "",
    RUNLEDGER_DATA: temporaryFolder(),
  };
});

type Started = { child: ChildProcess; said(): string; ended: Promise<number | null> };

/** `npm start` without npm, in a process group of its own, as a terminal would give it. */
function start(change: Record<string, string> = {}): Started {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [START], { env: { PATH, HOME, ...settings, ...change }, detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGINT");
    await ended;
  });
  return { child, said: () => said, ended };
}

async function startUp(change: Record<string, string> = {}): Promise<Started> {
  const started = start(change);
  await expect.poll(started.said, { timeout: 60_000, interval: 50 }).toContain("Runledger is running");
  return started;
}

const url = (path: string) => `http://127.0.0.1:${settings.PORT}${path}`;
const dataFile = (name: string) => join(settings.RUNLEDGER_DATA ?? "", name);
const children = () => Instance.parse(JSON.parse(readFileSync(dataFile("instance.json"), "utf8"))).children;

test("the screen says where everything is, and it is there", LONG, async () => {
  const { said } = await startUp();
  const urls = said().match(/http:\/\/\S+/g) ?? [];
  const issuer = `http://127.0.0.1:${settings.RUNLEDGER_ISSUER_PORT}`;
  const mails = `http://127.0.0.1:${settings.RUNLEDGER_MAILS_PORT}`;
  const apis = ["/github", "/kernelci", "/eosc-perf", "/qaboard"].map(url);
  expect(urls).toEqual([...apis, issuer, mails, ...["/", "/docs", "/health"].map(url)]);
  expect((await fetch(url("/health"))).status).toBe(200);
  expect((await fetch(url("/docs"))).status).toBe(200);
  expect(said()).toContain(`postgres://runledger:`);
  expect(said()).toContain("npm run demo");
  const secrets = readFileSync(dataFile("secrets.env"), "utf8");
  expect(statSync(dataFile("secrets.env")).mode & 0o777).toBe(0o600);
  for (const [, secret = ""] of secrets.matchAll(/^[A-Z_]+=(.+)$/gm)) expect(said()).not.toContain(secret);
});

test("every part listens on 127.0.0.1 alone, and nothing is warned about", LONG, async () => {
  const { child, said } = await startUp();
  const ports = Object.entries(settings).flatMap(([name, value]) => (/PORT$/.test(name) ? [value] : []));
  const listening = listeners();
  for (const port of ports)
    expect(listening.filter((address) => address.endsWith(`:${port}`))).toEqual([`127.0.0.1:${port}`]);
  const pids = [child.pid, ...children().map(({ pid }) => pid)];
  for (const { address, pid } of listenersOf(pids))
    expect([pid, address]).toEqual([pid, expect.stringMatching(/^127\./)]);
  expect(said()).not.toContain("HOST=");
});

test("with HOST the edge listens for others, and what is open is named", LONG, async () => {
  const { said } = await startUp({ HOST: "0.0.0.0" });
  await expect.poll(said).toContain("HOST=0.0.0.0: other machines reach the API. Open are:");
  for (const open of ["/kernelci/submit takes submissions of anybody", "embedded issuer", "password of the database"])
    await expect.poll(said).toContain(open);
  expect((await fetch(url("/health"))).status).toBe(200);
  const others = Object.entries(settings).flatMap(([name, value]) => (/_PORT$/.test(name) ? [value] : []));
  const listening = listeners();
  expect(listening).toContain(`0.0.0.0:${settings.PORT}`);
  for (const port of others) expect(listening).not.toContain(`0.0.0.0:${port}`);
});

/** Addresses and ports that anything on this machine listens on. */
function listeners(): string[] {
  return listenersOf(undefined).map(({ address }) => address);
}

/** What processes listen on, by `ss`; of all processes without a list. */
function listenersOf(pids: readonly (number | undefined)[] | undefined): { address: string; pid: number }[] {
  const lines = execFileSync("ss", ["-Hltnp"], { encoding: "utf8" }).trim().split("\n");
  return lines.flatMap((line) => {
    const address = line.split(/ +/)[3] ?? "";
    const pid = Number(/pid=(\d+)/.exec(line)?.[1]);
    return pids === undefined || pids.includes(pid) ? [{ address, pid }] : [];
  });
}

test("Ctrl-C, which reaches all processes of the terminal, stops everything and ends well", LONG, async () => {
  const { child, said, ended } = await startUp();
  const pids = children().map(({ pid }) => pid);
  expect(new Set(children().map(({ part }) => part))).toEqual(new Set(["postgres", "edge", "consumer"]));
  process.kill(-(child.pid ?? 0), "SIGINT");
  // npm passes it on once more.
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(said()).toContain("Data is kept");
  expect(pids.filter(isAlive)).toEqual([]);
  expect(existsSync(dataFile("instance.json"))).toBe(false);
});

test("a second Ctrl-C ends it at once and leaves nothing that blocks the next start", LONG, async () => {
  const { child, ended } = await startUp();
  // A batch that never ends would hold the first: here the pause between the two is what counts.
  process.kill(children().find(({ part }) => part === "consumer")?.pid ?? 0, "SIGSTOP");
  child.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 700));
  child.kill("SIGTERM");
  expect(await ended).toBe(130);
  await startUp();
});

test("after kill -9 the next start ends what was left and has the same data", LONG, async () => {
  const { child, ended } = await startUp();
  const left = children().map(({ pid }) => pid);
  const secrets = readFileSync(dataFile("secrets.env"), "utf8");
  child.kill("SIGKILL");
  await ended;
  expect(left.some(isAlive)).toBe(true);
  await startUp();
  expect(left.filter(isAlive)).toEqual([]);
  expect(readFileSync(dataFile("secrets.env"), "utf8")).toBe(secrets);
});

test("a second one on the same data folder is told of the first, which goes on", LONG, async () => {
  const first = await startUp();
  const second = start();
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain(`already runs on this data folder (process ${first.child.pid}, ${url("")})`);
  expect((await fetch(url("/health"))).status).toBe(200);
});

test("a taken port is named, with the variable that changes it", LONG, async () => {
  const holder = createServer().listen(Number(settings.RUNLEDGER_NEON_PORT), "127.0.0.1");
  await once(holder, "listening");
  onTestFinished(() => void holder.close());
  const { said, ended } = start({ RUNLEDGER_AWS_PORT: settings.PORT ?? "" });
  expect(await ended).toBe(1);
  expect(said()).toContain(`Port ${settings.RUNLEDGER_NEON_PORT}, for the Neon protocol proxy, is taken`);
  expect(said()).toContain("Set RUNLEDGER_NEON_PORT to a free port");
  expect(said()).toContain(`RUNLEDGER_AWS_PORT and PORT are both ${settings.PORT}.`);
  expect(existsSync(dataFile("instance.json"))).toBe(false);
});

test("wrong settings are all named at once, and nothing is started", LONG, async () => {
  const { said, ended } = start({ PORT: "http", DATABASE_URL: "mysql://x", RAW_RETENTION_DAYS: "soon" });
  expect(await ended).toBe(1);
  for (const name of ["PORT", "DATABASE_URL", "RAW_RETENTION_DAYS"])
    expect(said()).toMatch(new RegExp(`^${name}:`, "m"));
  expect(said()).not.toContain("    at ");
});

import { beforeAll, expect, inject, test } from "vitest";
import { pooledDatabase } from "../../../db/client.ts";
import { storeSubscriptions } from "../../../db/upserts/kernelci/subscriptions.ts";
import { URL_OF_MAINLINE } from "../../support/kernelci-notified.ts";
import { bearer, databaseAt, NOWHERE, OWN, ownEdge } from "../../support/own-edge.ts";

const edge = ownEdge();
const withoutDatabase = ownEdge(() => databaseAt(NOWHERE));

const ask = (url: string, token?: string, init: RequestInit = {}) =>
  fetch(`${url}/kernelci/subscriptions`, { ...init, headers: token === undefined ? {} : bearer(token) });

beforeAll(async () => {
  const { databaseUrl, functionEnv } = inject("stack");
  const { db, end } = pooledDatabase(databaseUrl, functionEnv.NEON_LOCAL_PROXY, 1);
  const report = { file: "m.yaml", tree: "mainline", branch: "master", origin: "maestro", always: false };
  await db.transaction((tx) =>
    storeSubscriptions(tx, {
      trees: [
        { file: "m.yaml", name: "mainline", url: URL_OF_MAINLINE, defaultRecipients: ["a@example.org"] },
        { file: "n.yaml", name: "next", url: "https://git.example.org/next.git", defaultRecipients: [] },
      ],
      reports: [
        {
          ...report,
          position: 1,
          label: "b",
          paths: ["x%"],
          recipients: ["b@example.org"],
          ignoresDefaultRecipients: true,
        },
        { ...report, position: 0, label: "a", paths: [], recipients: [], ignoresDefaultRecipients: false },
      ],
      hardware: [
        {
          platform: "board",
          origin: "maestro",
          file: "b_hardware.yaml",
          labs: { lab: "http://lab/" },
          defaultRecipients: [],
        },
      ],
    }),
  );
  await end();
});

test("admins see all subscriptions, reports in the order of their file", async () => {
  const answer = await ask(edge().url, OWN.adminToken);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const report = { branch: "master", origin: "maestro", always: false };
  expect(await answer.json()).toEqual({
    trees: [
      {
        ...{ file: "m.yaml", name: "mainline", url: URL_OF_MAINLINE, default_recipients: ["a@example.org"] },
        reports: [
          { ...report, label: "a", path: [], recipients: [], ignore_default_recipients: false },
          { ...report, label: "b", path: ["x%"], recipients: ["b@example.org"], ignore_default_recipients: true },
        ],
      },
      { file: "n.yaml", name: "next", url: "https://git.example.org/next.git", default_recipients: [], reports: [] },
    ],
    hardware: [
      {
        file: "b_hardware.yaml",
        platform: "board",
        origin: "maestro",
        labs: { lab: "http://lab/" },
        default_recipients: [],
      },
    ],
  });
});

test("nobody else sees an address, in the service's own error shape", async () => {
  for (const token of [undefined, "wrong", OWN.metricsToken]) {
    const answer = await ask(edge().url, token);
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="runledger"']);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({ id: "0", status: "error", message: "This route needs an admin token" });
    expect(text).not.toContain("@");
  }
});

test("while the database is away callers are told to come again", async () => {
  const answer = await ask(withoutDatabase().url, OWN.adminToken);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  expect((await ask(withoutDatabase().url)).status).toBe(401);
});

test("what is subscribed to is changed by the command alone", async () => {
  for (const method of ["POST", "PUT", "DELETE"])
    expect((await ask(edge().url, OWN.adminToken, { method })).status).toBeGreaterThanOrEqual(404);
  expect((await ask(edge().url, OWN.adminToken)).status).toBe(200);
});

import { request } from "node:http";
import { expect, inject, test } from "vitest";
import { ask, freshProject, posted } from "../../support/qaboard.ts";

/** A GET with a body, which `fetch` does not send. */
function getWithBody(path: string, body: string): Promise<{ status: number | undefined; text: string }> {
  const url = `${inject("stack").edgeUrl}/qaboard/api/v1${path}`;
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "GET", headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString() });
    });
    sent.on("error", reject).end(body);
  });
}

const MILESTONES = "/project/milestones/";

test("milestones are stored, replaced and removed; the numbers in them are kept", async () => {
  const { project, ...place } = freshProject();
  await posted({ project, ...place });
  const read = async () => (await getWithBody(MILESTONES, JSON.stringify({ project }))).text;
  expect(JSON.parse(await read())).toEqual({});
  const body = `{"project":"${project}","key":"a/b","milestone":{"label":"R1","score":1.0}}`;
  expect((await ask("POST", MILESTONES, { body })).text).toMatch(/"score": ?1\.0\b/);
  await ask("POST", MILESTONES, { json: { project, key: "c", milestone: null } });
  expect(JSON.parse(await read())).toEqual({ "a/b": { label: "R1", score: 1 }, c: null });
  const removed = await ask("POST", MILESTONES, { json: { project, key: "a/b", delete: "true" } });
  expect(removed.json).toEqual({ c: null });
  expect((await ask("DELETE", MILESTONES, { json: { project, key: "c" } })).json).toEqual({});
});

test("what is missing is told", async () => {
  const { project, ...place } = freshProject();
  await posted({ project, ...place });
  const answered = async (method: string, json: object) => {
    const { status, text } = await ask(method, MILESTONES, { json });
    return [status, text];
  };
  expect(await answered("POST", { project: "nobody/knows", key: "k", milestone: {} })).toEqual([
    404,
    "ERROR: Project not found",
  ]);
  expect((await answered("POST", { project, key: "k" }))[0]).toBe(400);
  expect((await answered("POST", { project, milestone: {} }))[0]).toBe(400);
  expect((await answered("DELETE", { project, key: "unknown" }))[0]).toBe(409);
  expect((await getWithBody(MILESTONES, "{}")).status).toBe(400);
  expect((await ask("GET", MILESTONES)).status).toBe(415);
});

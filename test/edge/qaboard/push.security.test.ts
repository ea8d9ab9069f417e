import { expect, inject, test } from "vitest";
import { ownEdge, sum } from "../../support/own-edge.ts";

const { edgeUrl } = inject("stack");
const own = ownEdge(() => ({ QABOARD_PUSH_TOKEN: "the-token" }));
const writes = ownEdge(() => ({ QABOARD_WRITE_TOKEN_SHA256: sum("a-token-for-writing") }));
const event = { ref: "refs/heads/master", checkout_sha: null, project: { path_with_namespace: "a/b" } };

const push = async (base: string, body: string, token?: string) =>
  await fetch(`${base}/qaboard/webhook/gitlab`, {
    method: "POST",
    headers: token === undefined ? {} : { "x-gitlab-token": token },
    body,
  });

test.each([
  ["none", undefined, 401],
  ["a wrong one", "the-tokem", 401],
  ["a part of it", "the-toke", 401],
  ["an empty one", "", 401],
  ["the right one", "the-token", 200],
])("with a token set, %s is answered %s", async (_, token, status) => {
  expect((await push(own().url, JSON.stringify(event), token)).status).toBe(status);
});

test("without one, a token that may write is asked for as soon as there is one", async () => {
  expect((await push(writes().url, JSON.stringify(event))).status).toBe(401);
  expect((await push(writes().url, JSON.stringify(event), "a-token-for-writing")).status).toBe(200);
});

test.each([
  ["no JSON", "ref=refs/heads/master"],
  ["nothing", ""],
  ["a list", "[]"],
  ["no ref", JSON.stringify({ ...event, ref: undefined })],
  ["no checkout_sha", JSON.stringify({ ...event, checkout_sha: undefined })],
  ["no path", JSON.stringify({ ...event, project: {} })],
])("%s is refused", async (_, body) => expect((await push(edgeUrl, body)).status).toBe(400));

test("a body that is too large is refused", async () => {
  expect((await push(edgeUrl, " ".repeat(4 * 1024 * 1024 + 1))).status).toBe(413);
});

import { expect, inject, test } from "vitest";
import { MADE_PROJECT, madeOutputs } from "../../cli/qaboard/made-outputs.ts";
import { freePort } from "../../dev/ports.ts";
import { operatorCommand } from "../support/operator-command.ts";
import { ask, commitOf } from "../support/qaboard.ts";

test("the made-up project has results with images and logs; a repeat adds nothing", { timeout: 60_000 }, async () => {
  const server = `${inject("stack").edgeUrl}/qaboard`;
  const seed = () => operatorCommand("qaboard", "seed", ["--days", "2", "--server", server, "--json"], {}).ended;
  const done = { code: 0, output: expect.stringContaining('{"outputs":16,"files":32}') };
  expect(await seed()).toMatchObject(done);
  const newest = [...madeOutputs(1, new Date())][0];
  const place = { project: MADE_PROJECT, hash: String(newest?.body.git_commit_sha) };
  const before = (await commitOf(place)).batches;
  expect(Object.keys(before)).toEqual(["default", "tuned"]);
  const [output] = Object.values(before.default?.outputs ?? {});
  const folder = `${inject("stack").edgeUrl}/qaboard${output?.output_dir_url}`;
  const image = await fetch(`${folder}/image.png`);
  expect([image.status, image.headers.get("content-type")]).toEqual([200, "image/png"]);
  expect(await (await fetch(`${folder}/log.txt`)).text()).toMatch(/^Run on /);
  expect(await seed()).toMatchObject(done);
  expect((await commitOf(place)).batches).toEqual(before);
  expect(Object((await ask("GET", "/projects")).json)[MADE_PROJECT]).toMatchObject({ total_commits: 2 });
});

test("a server that is not there is told by name", async () => {
  const host = `127.0.0.1:${await freePort()}`;
  const { code, output } = await operatorCommand("qaboard", "seed", ["--server", `http://${host}/qaboard`], {}).ended;
  expect([code, output]).toEqual([1, expect.stringContaining(host)]);
});

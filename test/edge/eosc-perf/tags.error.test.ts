import { expect, test } from "vitest";
import { call, fresh, made, refused, said, somebody } from "../../support/eosc-perf.ts";

const { token } = await somebody();
const { token: admin } = await somebody("admin");

test("a name is given once, however many ask at the same moment", async () => {
  const name = fresh("race");
  const answers = await Promise.all(Array.from({ length: 8 }, () => call("POST", "/tags", { token, json: { name } })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  expect(await said("POST", "/tags", { token, json: { name } })).toEqual(
    refused(409, "Conflict", `Tag ${name} already submitted/exists`),
  );
});

test("a tag can't take another's name, nor be found under an unknown id", async () => {
  const [taken, unknown] = [fresh("taken"), crypto.randomUUID()];
  await made("/tags", { name: taken }, token);
  const id = await made("/tags", { name: fresh("tag") }, token);
  expect(await said("PUT", `/tags/${id}`, { token: admin, json: { name: taken } })).toEqual(
    refused(409, "Conflict", "Changes conflict submitted/existing tag"),
  );
  const missing = refused(404, "Not Found", `Record ${unknown} not found in the database`);
  expect(await said("GET", `/tags/${unknown}`)).toEqual(missing);
  expect(await said("PUT", `/tags/${unknown}`, { token: admin, json: { name: fresh("n") } })).toEqual(missing);
  expect(await said("DELETE", `/tags/${unknown}`, { token: admin })).toEqual(missing);
});

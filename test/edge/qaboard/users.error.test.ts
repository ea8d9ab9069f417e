import { expect, test } from "vitest";
import { ask, fresh } from "../../support/qaboard.ts";

const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});

test("names and addresses are one user's, and a password is mandatory", async () => {
  const [name, other] = [fresh("user"), fresh("user")];
  const fields = { user_name: name, full_name: name, email: `${name}@example.org`, password: "secret" };
  const others = { user_name: other, full_name: other, email: `${other}@example.org`, password: "secret" };
  const status = async (change: Record<string, string>) => {
    const { status, text } = await ask("POST", "/user/signup/", form(change));
    return [status, text.startsWith("ERROR: The email or user name already exists. (")];
  };
  expect((await status(fields))[0]).toBe(200);
  for (const key of ["user_name", "full_name", "email"] as const)
    expect(await status({ ...others, [key]: fields[key] })).toEqual([403, true]);
  expect(await status({ ...others, password: "" })).toEqual([403, true]);
  expect((await status({ user_name: other, password: "secret" }))[0]).toBe(200);
});

test("a wrong name or password, a missing field and a body that is no form are told apart", async () => {
  const name = fresh("user");
  await ask("POST", "/user/signup/", form({ user_name: name, password: "secret" }));
  const answered = async (asked: Parameters<typeof ask>[2]) => {
    const { status, json } = await ask("POST", "/user/auth/", asked);
    return [status, Object(json).error];
  };
  expect(await answered(form({ username: name, password: "bad" }))).toEqual([403, "invalid-password"]);
  expect(await answered(form({ username: `${name}x`, password: "bad" }))).toEqual([403, "invalid-username"]);
  expect(await answered(form({ username: name }))).toEqual([400, expect.stringContaining("password: ")]);
  expect(await answered({ json: { username: name, password: "secret" } })).toEqual([400, "The body must be a form."]);
  expect(await answered({ body: "x", headers: { "content-type": "multipart/form-data" } })).toEqual([
    400,
    "The body is not a form.",
  ]);
  const long = form({ username: name, password: "x".repeat(100_000) });
  expect((await answered(long))[0]).toBe(413);
});

test.each([["%00"], ["a%00b"]])("a name with NUL (%s) is refused", async (name) => {
  const body = `username=${name}&password=x`;
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await ask("POST", "/user/auth/", { body, headers })).status).toBe(400);
});

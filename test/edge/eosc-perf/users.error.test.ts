import { expect, test } from "vitest";
import { call, fresh, invalid, refused, said, somebody, tokenOf } from "../../support/eosc-perf.ts";

const { token: admin } = await somebody("admin");
const unprocessable = (error: string) => refused(422, "Unprocessable Entity", error);

test("registration needs an email, and is done once, however often at the same moment", async () => {
  const nobody = await tokenOf({ sub: fresh("nomail") });
  expect(await said("POST", "/users:register", { token: nobody })).toEqual(
    unprocessable("No scope for email in oidc token"),
  );
  const { token } = await somebody("unregistered");
  const answers = await Promise.all(Array.from({ length: 6 }, () => call("POST", "/users:register", { token })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(5).fill(409)]);
  expect(await said("POST", "/users:register", { token })).toEqual(
    refused(409, "Conflict", "User already submitted/exists"),
  );
});

test("an email is only taken over when the issuer vouches for it", async () => {
  const { sub } = await somebody();
  const email = "new@example.org";
  for (const [identity, message] of [
    [{ sub, email_verified: true }, "No scope for email in oidc token"],
    [{ sub, email }, "No email_verified status in user"],
    [{ sub, email, email_verified: false }, "Email unverified by OIDC provider"],
  ] as const)
    expect(await said("POST", "/users/self:update", { token: await tokenOf(identity) })).toEqual(
      unprocessable(message),
    );
});

test("a removal needs a criterion, and knows no others", async () => {
  expect(await said("POST", "/users:remove", { token: admin })).toEqual(unprocessable("Cancelled, undefined users"));
  expect(await said("POST", "/users:remove?name=x", { token: admin })).toEqual(
    invalid("query", { name: ["Unknown field."] }),
  );
});

test("somebody who is not registered is not found", async () => {
  const { token } = await somebody("unregistered");
  expect(await said("GET", "/users/self", { token })).toEqual(refused(404, "Not Found", "User not registered"));
});

test("filters of one's own results are checked as those of the list, although they choose nothing", async () => {
  const { token } = await somebody();
  for (const filters of ["a", "a%20b", "a%20b%20c%20d", "a%20~%201"]) {
    const [status, body] = await said("GET", `/users/self/results?filters=${filters}`, { token });
    expect(status).toBe(422);
    expect(body).toEqual((await said("GET", `/results?filters=${filters}`))[1]);
  }
  expect((await call("GET", "/users/self/results?filters=a%20%3E%201", { token })).status).toBe(200);
});

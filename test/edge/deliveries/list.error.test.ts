import { expect, inject, test } from "vitest";
import { errorCode, list } from "../../support/deliveries-api.ts";
import { bearer, databaseAt, NOWHERE, OWN, ownEdge } from "../../support/own-edge.ts";

const { edgeUrl, adminToken } = inject("stack");
const withoutDatabase = ownEdge(() => databaseAt(NOWHERE));

const REFUSED = [
  "limit=0",
  "limit=201",
  "limit=1e9",
  "limit=2.5",
  "limit=ten",
  "cursor=first",
  "state=done&state=lost",
  "state=",
  "key=",
  `key=${"k".repeat(201)}`,
  "offset=20",
  "key=a%00b",
  "source=a%00b",
  "event=%00",
  `source=${Array.from({ length: 21 }, (_, i) => i).join("&source=")}`,
];

test.each(REFUSED)("%s is refused by name", async (query) => {
  const answer = await fetch(`${edgeUrl}/deliveries?${query}`, { headers: bearer(adminToken) });
  expect(answer.status).toBe(400);
  const { code, message } = (await answer.clone().json()) as { code: string; message: string };
  expect(code).toBe("bad_request");
  expect(message).toContain(query.split("=")[0]);
  expect(await errorCode(answer)).toBe("bad_request");
});

test.each(["' or 1=1 --", "%", "_", "\\", "😀", "$1", "{}", "[]"])(
  "the filter %j is no more than a text",
  async (text) => {
    for (const name of ["source", "event", "key"]) {
      const page = await list(`${name}=${encodeURIComponent(text)}`);
      expect(page.deliveries).toEqual([]);
    }
  },
);

test("without a database the answer is 503 and says when to come again", async () => {
  const answer = await fetch(`${withoutDatabase().url}/deliveries`, { headers: bearer(OWN.adminToken) });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await errorCode(answer)).toBe("database_unavailable");
});

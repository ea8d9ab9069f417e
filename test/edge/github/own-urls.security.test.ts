import fc from "fast-check";
import { expect, test } from "vitest";
import { withOwnUrls } from "../../../functions/edge/github/http/own-urls.ts";
import { testPool } from "../../support/database.ts";

const pool = testPool();
const APIS = ["https://api.github.com", "https://ghe.example.com/api/v3"];
const BASE = "http://localhost:1/github";

/** What must come out, by walking the parsed value. */
function walked(value: unknown, key = ""): unknown {
  if (typeof value === "string") {
    const api = key === "url" || key.endsWith("_url") ? APIS.find((url) => value.startsWith(`${url}/`)) : undefined;
    return api === undefined ? value : BASE + value.slice(api.length);
  }
  if (Array.isArray(value)) return value.map((item) => walked(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walked(inner, name)]));
}

async function asPostgresWrites(value: unknown): Promise<string> {
  const { rows } = await pool.query<{ text: string }>("select $1::jsonb::text as text", [JSON.stringify(value)]);
  return rows[0]?.text ?? "";
}

const fragment = fc.constantFrom(
  "url",
  "_url",
  '"',
  "\\",
  '": "',
  ": ",
  ", ",
  "{",
  "[",
  " ",
  "\n",
  "é",
  "\u2028",
  "😀",
  "__proto__",
  "x",
  "https://api.github.com",
  "https://api.github.com/",
  "https://ghe.example.com/api/v3/",
  "https://apiXgithub.com/",
  "$&",
  "$1",
);
const text = fc.array(fragment, { maxLength: 5 }).map((parts) => parts.join(""));
const key = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom("url", "jobs_url", "html_url", "URL", "curl", "url ") },
  text,
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom("https://api.github.com/repos/o/r", "https://api.github.com", "https://api.github.community/x"),
    fc.integer(),
    fc.constantFrom(null, true),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

test("exactly the API urls under url keys are replaced, whatever a sender writes", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(value, async (sent) => {
      const json = await asPostgresWrites({ sent });
      expect(JSON.parse(withOwnUrls(json, APIS, BASE))).toEqual(walked(JSON.parse(json)));
    }),
    { numRuns: 500 },
  );
});

test("a text that looks like a key stays, and nothing outside url keys changes", async () => {
  const json = await asPostgresWrites({
    message: '{"url": "https://api.github.com/repos/o/r"}',
    'a"url': "https://api.github.com/a",
    ' "url': "https://api.github.com/b",
    description: "https://api.github.com/c",
    url: "https://api.github.com/d",
  });
  expect(JSON.parse(withOwnUrls(json, APIS, BASE))).toEqual({ ...JSON.parse(json), url: `${BASE}/d` });
});

test("without API bases nothing changes", async () => {
  const json = await asPostgresWrites({ url: "https://api.github.com/d" });
  expect(withOwnUrls(json, [], BASE)).toBe(json);
});

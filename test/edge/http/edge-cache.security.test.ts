import { expect, test } from "vitest";
import { IREE, seeded } from "../../support/github-reads.ts";
import { bearer, ownEdge, sum } from "../../support/own-edge.ts";

seeded();

const TOKEN = "read-token-of-the-cache-test";
const restricted = ownEdge(() => ({ GITHUB_READ_TOKEN_SHA256: sum(TOKEN) }));

test("what only some may read is kept by nobody but its reader", async () => {
  const paths = [
    `${IREE}/actions/insights/summary?as_of=2025-03-20T12:00:00Z`,
    "/api/metrics/dashboard?as_of=2025-03-20T12:00:00Z",
    "/api/metrics/repos",
  ];
  for (const path of paths) {
    const url = `${restricted().url}/github${path}`;
    const answer = await fetch(url, { headers: bearer(TOKEN) });
    expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([
      path,
      200,
      expect.stringMatching(/^private, max-age=\d+$/),
    ]);
    expect((await fetch(url)).status).toBe(401);
    const again = await fetch(url, { headers: bearer(TOKEN) });
    expect([again.status, again.headers.get("cf-cache-status")]).toEqual([200, null]);
  }
});

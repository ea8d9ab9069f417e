import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import * as z from "zod";
import { getFile } from "../../support/qaboard-files.ts";

const { edgeUrl } = inject("stack");
const Prepared = z.object({
  uploads: z.array(z.object({ path: z.string(), url: z.string() })),
  expires_at: z.string(),
});

test("a URL takes the file, which is then served", async () => {
  const path = `/mnt/qaboard/tests/${randomUUID()}/a b.txt`;
  const answer = await fetch(`${edgeUrl}/qaboard/uploads`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ files: [{ path, size: 5 }], seconds: 60 }),
  });
  expect(answer.status).toBe(200);
  const { uploads, expires_at } = Prepared.parse(await answer.json());
  expect(Date.parse(expires_at) - Date.now()).toBeLessThanOrEqual(60_000);
  const url = new URL(uploads[0]?.url ?? "");
  expect(url.searchParams.get("X-Amz-Expires")).toBe("60");
  expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;host");
  expect((await fetch(url, { method: "PUT", body: "hello" })).status).toBe(200);
  expect(await (await getFile(path.replaceAll(" ", "%20"))).text()).toBe("hello");
});

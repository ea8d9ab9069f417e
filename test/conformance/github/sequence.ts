import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const Delivery = z.object({
  event: z.string(),
  delivery_id: z.string().nullable(),
  payload: z.unknown().optional(),
  body: z.string().optional(),
  generate: z
    .object({ kind: z.literal("push-many-commits"), commits: z.number(), message_bytes: z.number() })
    .optional(),
  bytes: z.number().optional(),
  sha256_of_body: z.string().optional(),
  signature: z.string().nullable(),
  expect_status: z.number(),
  content_type: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  redelivery: z.boolean().optional(),
});
export type Delivery = z.infer<typeof Delivery>;

const Row = z.record(z.string(), z.unknown());
export type Row = z.infer<typeof Row>;
const Excerpt = z.object({ count: z.number(), first: z.array(Row), last: z.array(Row) });
export type Excerpt = z.infer<typeof Excerpt>;

const Sequence = z.object({
  name: z.string(),
  about: z.string(),
  secret: z.string(),
  deliveries: z.array(Delivery),
  expect: z.record(z.string(), z.union([z.array(Row), Excerpt])),
});
export type Sequence = z.infer<typeof Sequence>;

/** The recorded webhook sequences of a folder (contract section 12). */
export function readSequences(folder: string): Sequence[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => Sequence.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))));
}

/** The very bytes of a delivery; generated ones are checked against their recorded sum. */
export function bodyOf(delivery: Delivery): Buffer {
  if (delivery.body !== undefined) return Buffer.from(delivery.body);
  const bytes = Buffer.from(JSON.stringify(delivery.generate ? manyCommits(delivery.generate) : delivery.payload));
  const sum = createHash("sha256").update(bytes).digest("hex");
  if (delivery.sha256_of_body !== undefined && delivery.sha256_of_body !== sum)
    throw new Error("the generated body differs from the recorded one");
  return bytes;
}

/** The generator `push-many-commits` of the recordings' README; keys in its order. */
function manyCommits({ commits: count, message_bytes }: { commits: number; message_bytes: number }) {
  const author = { name: "Bulk Loader", email: "b@example.org", username: "bulk" };
  const commits = Array.from({ length: count }, (_, i) => ({
    id: createHash("sha1").update(`huge/${i}`).digest("hex"),
    message: `commit ${i} ${"x".repeat(message_bytes)}`,
    timestamp: "2025-03-20T08:00:00Z",
    distinct: true,
    author,
  }));
  const last = commits.at(-1);
  return {
    ref: "refs/heads/bulk",
    before: "0".repeat(40),
    after: last?.id,
    created: true,
    deleted: false,
    forced: false,
    base_ref: null,
    commits,
    head_commit: last,
    repository: {
      id: 700100200,
      full_name: "iree-org/iree-like",
      private: false,
      archived: false,
      default_branch: "main",
      updated_at: "2025-03-20T08:00:00Z",
      pushed_at: 1742461200,
    },
    pusher: { name: "octavia" },
    sender: { login: "octavia", id: 101 },
  };
}

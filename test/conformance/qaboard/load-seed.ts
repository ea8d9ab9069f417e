import { readFileSync } from "node:fs";
import { AwsClient } from "aws4fetch";
import * as z from "zod";

// Puts the files of one seed file into the bucket under the keys that the edge serves below /s. Seeds of the stand-ins
// (a Git host, a stub) are theirs to read.
const Files = z.object({
  files: z.array(z.object({ path: z.string(), text: z.string().optional(), base64: z.string().optional() })),
});
const seed: unknown = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
const read = Files.safeParse(seed);
// The bucket is the emulator's, which takes any credentials.
const client = new AwsClient({ accessKeyId: "any", secretAccessKey: "any", service: "s3", region: "us-east-1" });
for (const { path, text = "", base64 } of read.success ? read.data.files : []) {
  const body = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, "base64");
  const url = `${process.env.BUCKET_URL}/files${path.split("/").map(encodeURIComponent).join("/")}`;
  const answer = await client.fetch(url, { method: "PUT", body });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

import * as z from "zod";
import { count } from "../values.ts";
import { defineVerb } from "../verb.ts";
import { MADE_PROJECT, type MadeOutput, madeOutputs } from "./made-outputs.ts";
import { postOutput, prepareUploads, type Server, serverUrl, uploadBytes } from "./server.ts";

const Values = z.object({
  days: count("--days").default(5),
  server: serverUrl,
});

/** Sends made-up results to a server, as the `qa` client does. */
export const seed = defineVerb({
  name: "seed",
  summary: `send made-up results of the project ${MADE_PROJECT} to a server, with images and logs`,
  description:
    "A commit a day, with metrics; the newest has a tuned batch too. The same day's results are the same, so that a repeat adds nothing. RUNLEDGER_TOKEN is the token that may write.",
  options: [
    ["--days <n>", "commits, one a day (default: 5)"],
    ["--server <url>", "QA-Board's API (default: http://127.0.0.1:$PORT/qaboard, PORT being 8787)"],
  ],
  values: Values,
  async run({ days, server: url }, output) {
    const server: Server = { url, token: process.env.RUNLEDGER_TOKEN || undefined };
    const made = [...madeOutputs(days, new Date())];
    let files = 0;
    for (const [at, one] of made.entries()) {
      await postOutput(server, one.body);
      files += await sendFiles(server, one);
      output.progress(`${at + 1} of ${made.length} outputs sent`);
    }
    output.result({ outputs: made.length, files }, `${made.length} outputs and ${files} files sent.`);
  },
});

/** Sends the files of an output; how many. */
async function sendFiles(server: Server, { folder, files }: MadeOutput): Promise<number> {
  const sent = Object.entries(files).map(([name, bytes]) => ({ path: `${folder}/${name}`, bytes }));
  const urls = await prepareUploads(
    server,
    sent.map(({ path, bytes }) => ({ path, size: bytes.byteLength })),
  );
  for (const { path, bytes } of sent) await uploadBytes(bytes, urls.get(path) ?? "");
  return sent.length;
}

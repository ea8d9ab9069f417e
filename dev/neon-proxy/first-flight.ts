import type { Readable } from "node:stream";

/** What Neon's driver sends before the server has said anything: start-up, password, and perhaps queries behind them. */
export type FirstFlight = { user: string; database: string; applicationName: string; password: string; rest: Buffer };

const LONGEST = 64 * 1024;

/** Reads the start-up and the password message (PostgreSQL's protocol 3.0); throws when it is anything else. */
export async function readFirstFlight(from: Readable): Promise<FirstFlight> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const found = parseFirstFlight(bytes);
    if (found !== undefined) return found;
    if (bytes.length > LONGEST) throw new Error("the start-up message is too long");
    bytes = Buffer.concat([bytes, await nextChunk(from)]);
  }
}

function parseFirstFlight(bytes: Buffer): FirstFlight | undefined {
  if (bytes.length < 8) return undefined;
  if (bytes.readInt32BE(4) !== 196_608) throw new Error("the first message is no start-up message of protocol 3.0");
  const startupEnd = bytes.readInt32BE(0);
  if (bytes.length < startupEnd + 5) return undefined;
  if (bytes.toString("latin1", startupEnd, startupEnd + 1) !== "p") throw new Error("no password follows the start-up");
  const passwordEnd = startupEnd + 1 + bytes.readInt32BE(startupEnd + 1);
  if (bytes.length < passwordEnd) return undefined;
  const words = bytes.toString("utf8", 8, startupEnd - 1).split("\0");
  const value = (name: string) => words.find((_, at) => at % 2 === 1 && words[at - 1] === name);
  const user = value("user") ?? "";
  return {
    user,
    database: value("database") ?? user,
    applicationName: value("application_name") ?? "",
    password: bytes.toString("utf8", startupEnd + 5, passwordEnd - 1),
    rest: bytes.subarray(passwordEnd),
  };
}

async function nextChunk(from: Readable): Promise<Buffer> {
  const chunk: Buffer | null = from.read();
  if (chunk !== null) return chunk;
  await new Promise<void>((resolve, reject) => {
    const over = () => reject(new Error("the client went away"));
    from.once("readable", () => {
      from.off("close", over);
      resolve();
    });
    from.once("close", over);
  });
  return await nextChunk(from);
}

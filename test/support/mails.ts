import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import { expect, inject } from "vitest";
import * as z from "zod";

const Mails = z.array(
  z.object({
    messageId: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
    source: z.string(),
  }),
);

/** Mails that the embedded mail server took, by one of their recipients; newest first. */
export async function mailsTo(address: string, mailsUrl = inject("stack").mailsUrl) {
  const mails = Mails.parse(await (await fetch(`${mailsUrl}/mails`)).json());
  return mails.filter(({ to }) => to.includes(address));
}

/** Waits until somebody has had as many mails, and gives them, oldest first. */
export async function untilMailed(address: string, count: number) {
  await expect.poll(async () => (await mailsTo(address)).length, { timeout: 20_000, interval: 50 }).toBe(count);
  return (await mailsTo(address)).toReversed();
}

/** A header of a message as it was sent, folded lines joined; undefined when there is none. */
export function headerOf(source: string, name: string): string | undefined {
  const [head = ""] = source.split("\r\n\r\n");
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  return lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))?.slice(name.length + 2);
}

type Stub = {
  port: number;
  /** Messages as they came, oldest first. */
  taken: string[];
  stop(): Promise<void>;
};

/** An SMTP server that a test bends: `onTaken` runs before it says that it took a message, `refuse` answers a recipient. */
export async function stubMailServer(
  options: { port?: number; onTaken?: () => Promise<void>; refuse?: (address: string) => number | undefined } = {},
): Promise<Stub> {
  const taken: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, done) {
      const responseCode = options.refuse?.(address);
      done(responseCode === undefined ? null : Object.assign(new Error("not here"), { responseCode }));
    },
    onData(stream, _session, done) {
      let source = "";
      stream.on("data", (chunk: Buffer) => {
        source += chunk.toString();
      });
      stream.on("end", async () => {
        taken.push(source);
        await options.onTaken?.();
        done();
      });
    },
  });
  // A client that dies in the middle is what some tests are about.
  server.on("error", () => {});
  const listening = server.listen(options.port ?? 0, "127.0.0.1");
  await once(listening, "listening");
  const address = listening.address();
  if (typeof address !== "object" || address === null) throw new Error("the stub has no port");
  return {
    port: address.port,
    taken,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** A mail that the server took, with when; it is delivered from then on, whether or not its sender hears of it. */
export type TakenMail = { messageId: string; to: string; at: number };

/**
 * An SMTP server that refuses mails for now (451) while `isAway` says so. `onTaken` runs when it has a mail, before its
 * sender hears of that.
 */
export async function startFaultyMailServer(
  port: number,
  { isAway = () => false, onTaken }: { isAway?: () => boolean; onTaken?: (mail: TakenMail) => Promise<void> },
) {
  const taken: TakenMail[] = [];
  let refused = 0;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        if (isAway()) {
          refused += 1;
          return done(Object.assign(new Error("try again later"), { responseCode: 451 }));
        }
        const [, messageId = ""] = /^Message-ID: (\S+)/im.exec(Buffer.concat(chunks).toString()) ?? [];
        const mail = { messageId, to: envelope.rcptTo[0]?.address ?? "", at: performance.now() };
        taken.push(mail);
        await onTaken?.(mail);
        done();
      });
    },
  });
  // A client that dies in the middle is what the faults are about.
  server.on("error", () => {});
  await once(server.listen(port, "127.0.0.1"), "listening");
  return { taken, refused: () => refused, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

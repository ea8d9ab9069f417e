import { once } from "node:events";
import { createServer } from "node:http";
import { type KeptMail, mailPage } from "./mail-server/page.ts";
import { portOf } from "./ports.ts";

export type MailServer = {
  /** Port on 127.0.0.1 that takes mails by SMTP. */
  smtpPort: number;
  /** The page that shows them, without a final slash; `/mails` gives them as JSON. */
  url: string;
  stop(): Promise<void>;
};

const KEPT_MAILS = 200;
const LARGEST_BYTES = 1_048_576;

/**
 * A mail server on this machine that takes every mail and delivers none: it shows the newest on a page. For trying out;
 * mails are gone when it stops.
 */
export async function startMailServer(ports: { smtp: number; page: number }): Promise<MailServer> {
  const { SMTPServer } = await import("smtp-server");
  const { default: PostalMime } = await import("postal-mime");
  const mails: KeptMail[] = [];
  const keep = async (source: string, { rcptTo }: { rcptTo: readonly { address: string }[] }) => {
    const { subject = "", text = "", messageId = "" } = await PostalMime.parse(source);
    const to = rcptTo.map(({ address }) => address);
    mails.unshift({ at: new Date().toISOString(), messageId, to, subject, text, source });
    mails.splice(KEPT_MAILS);
  };
  const smtp = new SMTPServer({
    size: LARGEST_BYTES,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => keep(Buffer.concat(chunks).toString("utf8"), envelope).then(() => done(), done));
    },
  });
  smtp.on("error", () => {});
  const smtpServer = smtp.listen(ports.smtp, "127.0.0.1");
  const page = createServer(({ url }, answer) => {
    if (url === "/mails") answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(mails));
    else if (url === "/") answer.writeHead(200, PAGE_HEADERS).end(mailPage(mails));
    else answer.writeHead(404).end();
  }).listen(ports.page, "127.0.0.1");
  await Promise.all([once(smtpServer, "listening"), once(page, "listening")]);
  return {
    smtpPort: portOf(smtpServer),
    url: `http://127.0.0.1:${portOf(page)}`,
    async stop() {
      page.close();
      page.closeAllConnections();
      await Promise.all([once(page, "close"), new Promise<void>((resolve) => smtp.close(() => resolve()))]);
    },
  };
}

/** A mail's text is somebody else's: nothing in it may run or load. */
const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  "x-content-type-options": "nosniff",
};

import { createTransport } from "nodemailer";
import * as z from "zod";
import type { Mailbox } from "./mailbox.ts";

/** How a mail server is reached. */
export type MailServer = {
  host: string;
  port: number;
  tls: "off" | "starttls" | "on";
  login: { user: string; pass: string } | undefined;
};

/** A mail; `headers` are further ones. */
export type Letter = {
  messageId: string;
  from: Mailbox;
  to: readonly Mailbox[];
  cc: readonly Mailbox[];
  replyTo?: Mailbox | undefined;
  /** The mail that this one answers. */
  inReplyTo?: string | undefined;
  subject: string;
  text: string;
  headers: Readonly<Record<string, string>>;
};

/**
 * What a server made of a mail: taken, refused for its recipients' sake for good, refused as it stands now, or nothing,
 * as it would of any other mail (`away`). `afterSeconds`: when the server said to come again.
 */
export type Delivered =
  | { is: "taken" }
  | { is: "refused" | "not now" | "away"; reason: string; afterSeconds?: number | undefined };

/** Hands mails to a server. */
export type Mailer = { send(letter: Letter): Promise<Delivered> };

/** Well within a function's time, however silent the server is. */
const PATIENCE = { dnsTimeout: 3_000, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 6_000 };

/** A server may be slow at every step, too. */
const PATIENCE_IN_ALL_MS = 12_000;

/** What the library says about recipients that were refused, in its answer when others were not, else in its error. */
const Failure = z.object({
  rejectedErrors: z.array(z.object({ message: z.string(), recipient: z.string(), responseCode: z.int().catch(0) })),
});

/** Said no to this mail's recipient or content, after it let us in; senders are all alike. */
const OwnRefusal = z.object({ command: z.enum(["RCPT TO", "DATA"]), responseCode: z.int() });

/** A connection a mail to an SMTP server; contents are never read from files or addresses. */
export function smtpMailer({ host, port, tls, login }: MailServer): Mailer {
  const transport = createTransport({
    host,
    port,
    secure: tls === "on",
    ...(tls === "starttls" ? { requireTLS: true } : { ignoreTLS: true }),
    ...(login === undefined ? {} : { auth: login }),
    ...PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, cc, inReplyTo, ...letter }) {
      try {
        const thread = inReplyTo === undefined ? {} : { inReplyTo, references: inReplyTo };
        const answer = await inTime(transport.sendMail({ ...letter, ...thread, to: [...to], cc: [...cc] }));
        return refusalIn(answer, to) ?? { is: "taken" };
      } catch (error) {
        const reason = error instanceof Error ? error.message : "the mail server did not answer";
        return refusalIn(error, to) ?? { is: OwnRefusal.safeParse(error).success ? "not now" : "away", reason };
      }
    },
  };
}

async function inTime(sent: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the mail server takes too long")), PATIENCE_IN_ALL_MS);
  });
  return await Promise.race([sent, late]).finally(() => clearTimeout(timer));
}

/**
 * What there is to say when every recipient was refused, copies aside; 5xx is for good, whatever else is wrong may be
 * mended.
 */
function refusalIn(failure: unknown, to: readonly Mailbox[]): Delivered | undefined {
  const errors = Failure.safeParse(failure).data?.rejectedErrors ?? [];
  const refused = to.flatMap(({ address }) => errors.find(({ recipient }) => recipient === address) ?? []);
  const [first] = refused;
  if (first === undefined || refused.length < to.length) return undefined;
  return {
    is: refused.every(({ responseCode }) => responseCode >= 500) ? "refused" : "not now",
    reason: first.message,
  };
}

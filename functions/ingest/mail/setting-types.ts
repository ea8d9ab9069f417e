import * as z from "zod";
import { isMailAddress } from "./address.ts";

/** A text without blanks around it; undefined when nothing is left. */
export const trimmed = z
  .string()
  .transform((text) => (text.trim() === "" ? undefined : text.trim()))
  .optional();

/** An email address, or nothing. */
export const mailAddress = z
  .string()
  .default("")
  .transform((text) => text.trim())
  .refine((text) => text === "" || isMailAddress(text), "must be an email address");

/** How the connection to a mail server is encrypted. */
export const mailTls = z.enum(["off", "starttls", "on"]).default("off");

/** The port of a mail server. */
export const mailPort = z.coerce.number().int().min(1).max(65_535).default(25);

/** Settings of one mail server. */
export type MailSettings = {
  server: string | undefined;
  from: string;
  tls: z.infer<typeof mailTls>;
  user: string | undefined;
  password: string | undefined;
};

/** What keeps the settings of a mail server, whose names begin with `prefix`, from going together. */
export function mailProblems(prefix: string, { server, from, tls, user, password }: MailSettings) {
  const problems: { name: string; message: string }[] = [];
  const wrong = (name: string, message: string) => problems.push({ name: `${prefix}_MAIL_${name}`, message });
  if (server !== undefined && from === "") wrong("FROM", `must be set with ${prefix}_MAIL_SERVER`);
  if ((user === undefined) !== (password === undefined)) wrong("PASSWORD", `is set together with ${prefix}_MAIL_USER`);
  if (user !== undefined && tls === "off") wrong("TLS", "must not be off with a password");
  return problems;
}

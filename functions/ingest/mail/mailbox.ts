import { isMailAddress } from "./address.ts";
import { headerText } from "./header-text.ts";

/** Whom a mail comes from or goes to; the name may be empty. */
export type Mailbox = { name: string; address: string };

const MAX_CHARACTERS = 400;

/** The mailbox of a text, an address or `Name <address>`; undefined for anything else. */
export function parseMailbox(text: string): Mailbox | undefined {
  const given = text.trim();
  if (given.length > MAX_CHARACTERS || headerText(given) !== given) return undefined;
  if (isMailAddress(given)) return { name: "", address: given };
  const [, name = "", address = ""] = /^([^<>]*)<([^<>]*)>$/.exec(given) ?? [];
  if (!isMailAddress(address)) return undefined;
  return { name: name.trim().replace(/^"(.*)"$/, "$1"), address };
}

/** The same mailbox as one text, which `parseMailbox` reads. */
export function printMailbox({ name, address }: Mailbox): string {
  return name === "" ? address : `${name} <${address}>`;
}

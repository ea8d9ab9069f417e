/** Below the 998 characters that a line of a mail may have (RFC 5322 section 2.1.1), each of which takes up to 4 bytes. */
const MAX_CHARACTERS = 240;

/** A text as a header may hold it: one line without control characters or marks that turn its direction, of bounded length. */
export function headerText(text: string): string {
  const line = text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ");
  const characters = [...line.trim().replace(/ {2,}/g, " ")];
  return characters.length <= MAX_CHARACTERS
    ? characters.join("")
    : `${characters.slice(0, MAX_CHARACTERS - 1).join("")}…`;
}

/** Whether a text is one message id, as `Message-ID` and `In-Reply-To` have it (RFC 5322 section 3.6.4). */
export function isMessageId(text: string): boolean {
  return text.length <= 500 && /^<[!-;=?-~]+>$/.test(text) && text.split("@").length === 2;
}

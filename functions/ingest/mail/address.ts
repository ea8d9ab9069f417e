/**
 * Whether a text is one plain email address: nothing that could end a header line or a command, or name a second
 * recipient.
 */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s\p{Cc}\p{Cf}"(),:;<>@[\\\]]+@[^\s\p{Cc}\p{Cf}"(),:;<>@[\\\]]+$/u.test(text);
}

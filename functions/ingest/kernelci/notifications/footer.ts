import { type PlainText, plainText } from "./plain-text.ts";

/** A report's text with what stands below each of them. */
export function withFooter(text: PlainText): PlainText {
  return plainText`${text}

--
KernelCI reports. Feedback is welcome at kernelci@lists.linux.dev`;
}

import { Buffer } from "node:buffer";
import { createHmac, type Hmac, timingSafeEqual } from "node:crypto";

/**
 * The check of `X-Hub-Signature-256` (contract section 2): exactly `sha256=` and 64 lower-case hex digits, the HMAC over
 * the raw body as it comes, compared in constant time. Any of the secrets may have signed, so that they can be rotated.
 */
export class SignatureCheck {
  readonly #signature: Buffer;
  readonly #sums: Hmac[];

  private constructor(hex: string, secrets: readonly string[]) {
    this.#signature = Buffer.from(hex, "hex");
    this.#sums = secrets.map((secret) => createHmac("sha256", secret));
  }

  /** Begins a check; undefined when the header is none that any body could have. */
  static begin(header: string | undefined, secrets: readonly string[]): SignatureCheck | undefined {
    const hex = /^sha256=([0-9a-f]{64})$/.exec(header ?? "")?.[1];
    return hex === undefined ? undefined : new SignatureCheck(hex, secrets);
  }

  update(chunk: Uint8Array): void {
    for (const sum of this.#sums) sum.update(chunk);
  }

  /** Whether one of the secrets signed what was seen; once, at the end. */
  passes(): boolean {
    let signed = false;
    for (const sum of this.#sums) signed = timingSafeEqual(sum.digest(), this.#signature) || signed;
    return signed;
  }
}

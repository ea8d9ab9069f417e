import { Buffer } from "node:buffer";

/**
 * Checks `X-Hub-Signature-256` over the raw body (contract section 2): exactly `sha256=` and 64 lower-case hex digits,
 * compared in constant time by WebCrypto. Any of the secrets may have signed, so that they can be rotated.
 */
export async function isSigned(
  bytes: Uint8Array<ArrayBuffer>,
  header: string | undefined,
  secrets: readonly string[],
): Promise<boolean> {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(header ?? "")?.[1];
  if (hex === undefined) return false;
  const signature = new Uint8Array(Buffer.from(hex, "hex"));
  let signed = false;
  for (const secret of secrets) {
    const raw = new TextEncoder().encode(secret);
    const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    signed = (await crypto.subtle.verify("HMAC", key, signature, bytes)) || signed;
  }
  return signed;
}

import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/*
 * Ids of submissions: 32 letters and digits that hold a receipt id and a signature, so that whoever has one may ask for
 * what became of it, and nobody can make one up. 16 and 7 bytes fit into 31 digits of base 62; the first is 0.
 */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LENGTH = 32;
const SIGNATURE_BYTES = 7;

/** The id a sender is given for a receipt. */
export function submissionIdOf(receiptId: string, secret: string): string {
  const packed = receiptId.replaceAll("-", "") + signatureOf(receiptId, secret).toString("hex");
  let rest = BigInt(`0x${packed}`);
  let id = "";
  for (let at = 0; at < LENGTH; at += 1) {
    id = DIGITS.charAt(Number(rest % 62n)) + id;
    rest /= 62n;
  }
  return id;
}

/** The receipt a submission's id names; undefined when it is none of ours. */
export function receiptOfSubmission(id: string, secret: string): string | undefined {
  if (id.length !== LENGTH || !/^[0-9A-Za-z]+$/.test(id)) return undefined;
  let packed = 0n;
  for (const digit of id) packed = packed * 62n + BigInt(DIGITS.indexOf(digit));
  const hex = packed.toString(16).padStart((16 + SIGNATURE_BYTES) * 2, "0");
  if (hex.length > (16 + SIGNATURE_BYTES) * 2) return undefined;
  const receiptId = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const given = Buffer.from(hex.slice(32), "hex");
  return timingSafeEqual(given, signatureOf(receiptId, secret)) ? receiptId : undefined;
}

function signatureOf(receiptId: string, secret: string): Buffer {
  const signed = createHmac("sha256", secret).update(`kernelci submission ${receiptId}`).digest();
  return signed.subarray(0, SIGNATURE_BYTES);
}

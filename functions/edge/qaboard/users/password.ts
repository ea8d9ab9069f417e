import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { pbkdf2Async } from "@noble/hashes/pbkdf2.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { ApiError } from "../http/errors.ts";

const DIGESTS = {
  sha256: { web: "SHA-256", library: sha256, bytes: 32 },
  sha512: { web: "SHA-512", library: sha512, bytes: 64 },
} as const;
type Digest = keyof typeof DIGESTS;

/** Cloudflare's WebCrypto takes no more iterations of PBKDF2; workerd on its own takes any, but must behave the same. */
const IS_WORKER = typeof navigator !== "undefined" && navigator.userAgent === "Cloudflare-Workers";
const MAX_NATIVE_ITERATIONS = IS_WORKER ? 100_000 : Number.POSITIVE_INFINITY;
/** A stored hash of more iterations is not checked: each costs whoever asks nothing, and us time. */
const MAX_ITERATIONS = 1_000_000;
/** Passwords that one process checks by the library at a time; one takes about a second of processor time. */
const MAX_SLOW_CHECKS = 4;

const NEW = { digest: "sha512", iterations: 100_000, saltBytes: 16 } as const;

/** Werkzeug's notation: method, digest and iterations, salt, hash in hex. */
const NOTATION = /^pbkdf2:(sha256|sha512):(\d{1,7})\$([^$]{1,200})\$([0-9a-f]+)$/;

/** Makes the hash of a new password, in Werkzeug's notation, so that the original can check it too. */
export async function hashPassword(password: string): Promise<string> {
  const salt = Buffer.from(crypto.getRandomValues(new Uint8Array(NEW.saltBytes))).toString("hex");
  const hash = await derive(password, salt, NEW.digest, NEW.iterations);
  return `pbkdf2:${NEW.digest}:${NEW.iterations}$${salt}$${Buffer.from(hash).toString("hex")}`;
}

/** Whether a password is the one that a hash in Werkzeug's notation was made of. The comparison takes constant time. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [, digest = "", digits = "", salt = "", hex = ""] = NOTATION.exec(stored) ?? [];
  const iterations = Number(digits);
  if (!isDigest(digest) || iterations < 1 || iterations > MAX_ITERATIONS) return false;
  const wanted = Buffer.from(hex, "hex");
  const derived = await derive(password, salt, digest, iterations);
  return wanted.byteLength === derived.byteLength && timingSafeEqual(wanted, derived);
}

const isDigest = (name: string): name is Digest => name in DIGESTS;

async function derive(password: string, salt: string, digest: Digest, iterations: number): Promise<Uint8Array> {
  const { web, library, bytes } = DIGESTS[digest];
  const [secret, salted] = [new TextEncoder().encode(password), new TextEncoder().encode(salt)];
  if (iterations > MAX_NATIVE_ITERATIONS)
    return await slowly(() => pbkdf2Async(library, secret, salted, { c: iterations, dkLen: bytes }));
  const key = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: web, salt: salted, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, bytes * 8));
}

let slowChecks = 0;

async function slowly<T>(work: () => Promise<T>): Promise<T> {
  if (slowChecks >= MAX_SLOW_CHECKS) throw new ApiError(503, "Too many passwords are being checked.");
  slowChecks += 1;
  try {
    return await work();
  } finally {
    slowChecks -= 1;
  }
}

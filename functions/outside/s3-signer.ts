import { createHash, createHmac } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";

/**
 * Signature Version 4, computed at once: WebCrypto would make three jobs for other threads of each request, which cost more
 * than the hashing.
 */
export class SyncAwsV4Signer extends AwsV4Signer {
  override async signature(): Promise<string> {
    return hmac(this.#signingKey(), await this.stringToSign()).toString("hex");
  }

  override async stringToSign(): Promise<string> {
    const digest = createHash("sha256")
      .update(await this.canonicalString())
      .digest("hex");
    return ["AWS4-HMAC-SHA256", this.datetime, this.credentialString, digest].join("\n");
  }

  /** The key of a day, kept in the cache that all signers of a store share. */
  #signingKey(): Buffer {
    const [date = ""] = this.credentialString.split("/", 1);
    const cacheKey = [this.secretAccessKey, this.credentialString].join();
    const cached = this.cache.get(cacheKey);
    if (cached !== undefined) return Buffer.from(cached);
    const key = [date, this.region, this.service, "aws4_request"].reduce(
      hmac,
      Buffer.from(`AWS4${this.secretAccessKey}`),
    );
    this.cache.set(cacheKey, new Uint8Array(key).buffer);
    return key;
  }
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

import { createHash, createHmac } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { AwsCredentials } from "./aws-credentials.ts";
import type { OutboundRequest } from "./outbound.ts";

/** What goes with a request to S3. */
type Sent = { headers?: Readonly<Record<string, string>> | undefined; body?: OutboundRequest["body"] | undefined };

/** Signs for S3 with one set of credentials, and keeps the keys that it derives of them. */
export function openS3Signer(credentials: AwsCredentials) {
  const signing = { ...credentials, service: "s3", cache: new Map<string, ArrayBuffer>() };
  return {
    async request(method: string, url: string, { headers = {}, body }: Sent = {}): Promise<OutboundRequest> {
      const signed = await new SyncAwsV4Signer({ ...signing, url, method, headers }).sign();
      return { url: signed.url.href, method, headers: signed.headers, ...(body === undefined ? {} : { body }) };
    },
    /** A URL that takes one PUT of exactly so many bytes, for so many seconds. */
    async uploadUrl(url: string, { sizeBytes, seconds }: { sizeBytes: number; seconds: number }): Promise<string> {
      const headers = { "content-length": String(sizeBytes) };
      const put = { method: "PUT", url: `${url}?X-Amz-Expires=${seconds}`, headers };
      const signer = new SyncAwsV4Signer({ ...signing, ...put, signQuery: true, allHeaders: true });
      return (await signer.sign()).url.href;
    },
  };
}

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

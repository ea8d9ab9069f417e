import { AwsV4Signer } from "aws4fetch";
import { OutboundError, outbound } from "./outbound.ts";

/** Credentials of the AWS side; the session token is present in Lambda only. */
export type AwsCredentials = {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
};

/** Raw bodies by key. Every method throws OutboundError when the store refuses or can't be reached. */
export interface ObjectStore {
  /** Stores bytes under a key; the same key again replaces them. */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The bytes under a key, or undefined when there are none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Whether there is something under a key. */
  has(key: string): Promise<boolean>;
}

const PART_BYTES = 8 * 1024 * 1024;
const MAX_OBJECT_BYTES = 600 * 1024 * 1024;

/** An S3 bucket at `bucketUrl` (path or host style); bodies over 8 MiB go up in parts. */
export function s3Objects(bucketUrl: string, credentials: AwsCredentials): ObjectStore {
  const signing = { ...credentials, service: "s3", cache: new Map<string, ArrayBuffer>() };
  const limits = { hosts: [new URL(bucketUrl).host], timeoutMs: 20_000, maxBytes: MAX_OBJECT_BYTES };

  async function call(method: string, path: string, body?: Uint8Array<ArrayBuffer> | string) {
    const signer = new AwsV4Signer({ ...signing, url: `${bucketUrl}/${path}`, method });
    const { url, headers } = await signer.sign();
    return await outbound({ url: url.href, method, headers, ...(body === undefined ? {} : { body }) }, limits);
  }
  async function expectOk(method: string, path: string, body?: Uint8Array<ArrayBuffer> | string) {
    const answer = await call(method, path, body);
    if (answer.status >= 300) throw new OutboundError(`object store answered ${answer.status} to ${method}`);
    return answer;
  }

  async function putInParts(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const begun = new TextDecoder().decode((await expectOk("POST", `${key}?uploads`)).body);
    const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(begun)?.[1];
    if (uploadId === undefined) throw new OutboundError("object store gave no upload id");
    const upload = `uploadId=${encodeURIComponent(uploadId)}`;
    const parts: string[] = [];
    for (let at = 0; at < bytes.byteLength; at += PART_BYTES) {
      const number = parts.length + 1;
      const part = bytes.subarray(at, at + PART_BYTES);
      const answer = await expectOk("PUT", `${key}?partNumber=${number}&${upload}`, part);
      parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${answer.headers.get("etag") ?? ""}</ETag></Part>`);
    }
    const list = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
    const done = new TextDecoder().decode((await expectOk("POST", `${key}?${upload}`, list)).body);
    // S3 may answer 200 and report the failure in the body.
    if (done.includes("<Error>")) throw new OutboundError("object store could not complete the upload");
  }

  return {
    async put(key, bytes) {
      if (bytes.byteLength > PART_BYTES) await putInParts(key, bytes);
      else await expectOk("PUT", key, bytes);
    },
    async get(key) {
      const answer = await call("GET", key);
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw new OutboundError(`object store answered ${answer.status} to GET`);
      return answer.body;
    },
    async has(key) {
      const { status } = await call("HEAD", key);
      if (status !== 200 && status !== 404) throw new OutboundError(`object store answered ${status} to HEAD`);
      return status === 200;
    },
  };
}

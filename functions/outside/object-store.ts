import type { AwsCredentials } from "./aws-credentials.ts";
import { OutboundError, outbound } from "./outbound.ts";
import { openS3Signer } from "./s3-signer.ts";

/** Raw bodies by key. Every method throws OutboundError when the store refuses or can't be reached. */
export interface ObjectStore {
  /** Stores bytes under a key; the same key again replaces them. */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Stores what a stream brings, holding no more than a part of it; nothing is stored when the stream fails. */
  putStream(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** The bytes under a key, or undefined when there are none. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Whether there is something under a key. */
  has(key: string): Promise<boolean>;
  /** Resolves when the bucket is there and may be read. */
  check(): Promise<void>;
}

/** A key that nothing is stored under, among those that may be read. */
const NO_KEY = "raw/none";

const PART_BYTES = 8 * 1024 * 1024;
const MAX_OBJECT_BYTES = 600 * 1024 * 1024;

/** An S3 bucket at `bucketUrl` (path or host style); bodies over 8 MiB go up in parts. */
export function s3Objects(bucketUrl: string, credentials: AwsCredentials): ObjectStore {
  const signer = openS3Signer(credentials);
  const limits = { hosts: [new URL(bucketUrl).host], timeoutMs: 20_000, maxBytes: MAX_OBJECT_BYTES };

  async function call(method: string, path: string, body?: Uint8Array<ArrayBuffer> | string) {
    return await outbound(await signer.request(method, `${bucketUrl}/${path}`, { body }), limits);
  }
  async function expectOk(method: string, path: string, body?: Uint8Array<ArrayBuffer> | string) {
    const answer = await call(method, path, body);
    if (answer.status >= 300) throw new OutboundError(`object store answered ${answer.status} to ${method}`);
    return answer;
  }

  async function putInParts(key: string, parts: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
    const begun = new TextDecoder().decode((await expectOk("POST", `${key}?uploads`)).body);
    const uploadId = /<UploadId>([^<]+)<\/UploadId>/.exec(begun)?.[1];
    if (uploadId === undefined) throw new OutboundError("object store gave no upload id");
    const upload = `uploadId=${encodeURIComponent(uploadId)}`;
    try {
      const sent: string[] = [];
      for await (const part of parts) {
        const number = sent.length + 1;
        const answer = await expectOk("PUT", `${key}?partNumber=${number}&${upload}`, part);
        sent.push(`<Part><PartNumber>${number}</PartNumber><ETag>${answer.headers.get("etag") ?? ""}</ETag></Part>`);
      }
      const list = `<CompleteMultipartUpload>${sent.join("")}</CompleteMultipartUpload>`;
      const done = new TextDecoder().decode((await expectOk("POST", `${key}?${upload}`, list)).body);
      // S3 may answer 200 and report the failure in the body.
      if (done.includes("<Error>")) throw new OutboundError("object store could not complete the upload");
    } catch (error) {
      // Parts of an upload that nobody ends would be kept and paid for.
      await call("DELETE", `${key}?${upload}`).catch(() => {});
      throw error;
    }
  }

  return {
    async put(key, bytes) {
      if (bytes.byteLength > PART_BYTES) await putInParts(key, inParts(once(bytes)));
      else await expectOk("PUT", key, bytes);
    },
    async putStream(key, chunks) {
      const parts = inParts(chunks);
      const first = await parts.next();
      if (first.done === true || first.value.byteLength < PART_BYTES)
        await expectOk("PUT", key, first.value ?? new Uint8Array());
      else await putInParts(key, startingWith(first.value, parts));
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
    async check() {
      // Of a HEAD nobody could tell a bucket that is not there from a key that is not.
      const { status, body } = await call("GET", NO_KEY);
      if (status !== 404 || !new TextDecoder().decode(body).includes("<Code>NoSuchKey</Code>"))
        throw new OutboundError(`object store answered ${status} to GET`);
    },
  };
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** The same bytes in parts of one size; only the last is smaller. */
async function* inParts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  let part = new Uint8Array(PART_BYTES);
  let size = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      const taken = chunk.subarray(at, at + PART_BYTES - size);
      part.set(taken, size);
      size += taken.byteLength;
      at += taken.byteLength;
      if (size < PART_BYTES) continue;
      yield part;
      part = new Uint8Array(PART_BYTES);
      size = 0;
    }
  }
  if (size > 0) yield part.subarray(0, size);
  return undefined;
}

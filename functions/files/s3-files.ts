import { createHash } from "node:crypto";
import { withoutTrailingSlashes } from "../formats/trailing-slashes.ts";
import type { AwsCredentials } from "../outside/aws-credentials.ts";
import { s3Objects } from "../outside/object-store.ts";
import { OutboundError, outbound, outboundStream } from "../outside/outbound.ts";
import { openS3Signer } from "../outside/s3-signer.ts";
import { encodeFilePath } from "./file-path.ts";
import type { FileStore, StoredFile } from "./file-store.ts";
import { deleteBody, type ListedObject, parseListing } from "./s3-listing.ts";

/** Before each key, so that no file can take the place of a raw body. */
const PREFIX = "files";
const TIMEOUT_MS = 20_000;
const MAX_LISTING_BYTES = 8 * 1024 * 1024;
/** S3's DeleteObjects takes no more at once. */
const DELETE_KEYS = 1_000;
const PASSED_ON = ["content-length", "content-range", "etag", "last-modified"];

/** The files of a bucket (path or host style): the key of `/mnt/a` is `files/mnt/a`. */
export function s3Files(bucketUrl: string, credentials: AwsCredentials): FileStore {
  const base = withoutTrailingSlashes(bucketUrl);
  const signer = openS3Signer(credentials);
  const hosts = [new URL(base).host];
  const objects = s3Objects(base, credentials);

  const urlOf = (path: string) => `${base}/${PREFIX}${encodeFilePath(path)}`;
  async function call(method: string, url: string, headers?: Record<string, string>, body?: string) {
    const limits = { hosts, timeoutMs: TIMEOUT_MS, maxBytes: MAX_LISTING_BYTES };
    const answer = await outbound(await signer.request(method, url, { headers, body }), limits);
    const text = new TextDecoder().decode(answer.body);
    // S3 may answer 200 and report a failure in the body.
    if (answer.status >= 300 || text.includes("<Error>"))
      throw new OutboundError(`object store answered ${answer.status} to ${method}`);
    return text;
  }

  return {
    async open(path, { range, ifNoneMatch, head = false } = {}) {
      const asked = {
        ...(range === undefined ? {} : { range }),
        ...(ifNoneMatch === undefined ? {} : { "if-none-match": ifNoneMatch }),
      };
      const request = await signer.request(head ? "HEAD" : "GET", urlOf(path), { headers: asked });
      const answer = await outboundStream(request, { hosts, timeoutMs: TIMEOUT_MS });
      const { status } = answer;
      if (status !== 200 && status !== 206) await answer.body?.cancel();
      if (status === 404) return undefined;
      if (status !== 200 && status !== 206 && status !== 304 && status !== 416)
        throw new OutboundError(`object store answered ${status} to GET`);
      const headers = new Headers();
      for (const name of PASSED_ON) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name) ?? "");
      if (status === 416) headers.delete("content-length");
      return { status, headers, body: status === 200 || status === 206 ? answer.body : null };
    },
    async read(path, maxBytes) {
      const answer = await outbound(await signer.request("GET", urlOf(path)), {
        hosts,
        timeoutMs: TIMEOUT_MS,
        maxBytes,
      });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw new OutboundError(`object store answered ${answer.status} to GET`);
      return answer.body;
    },
    async list(folder, { deep, after, limit = 1_000 }) {
      const prefix = folder === "/" ? `${PREFIX}/` : `${PREFIX}${folder}/`;
      const query = new URLSearchParams({ "list-type": "2", prefix, "max-keys": String(limit) });
      if (!deep) query.set("delimiter", "/");
      if (after !== undefined) query.set("continuation-token", after);
      // The signature is over the encoding of RFC 3986, in which a blank is no plus.
      const {
        objects: found,
        prefixes,
        next,
      } = parseListing(await call("GET", `${base}/?${query.toString().replaceAll("+", "%20")}`));
      const files = found.filter(({ key }) => key.startsWith(prefix) && !key.endsWith("/")).map(storedFile);
      return { files, folders: prefixes.map((key) => key.slice(PREFIX.length, -1)), next };
    },
    async write(path, bytes) {
      await objects.put(`${PREFIX}${encodeFilePath(path)}`, bytes);
    },
    async remove(paths) {
      for (let at = 0; at < paths.length; at += DELETE_KEYS) {
        const body = deleteBody(paths.slice(at, at + DELETE_KEYS).map((path) => `${PREFIX}${path}`));
        const md5 = createHash("md5").update(body).digest("base64");
        await call("POST", `${base}/?delete=`, { "content-md5": md5, "content-type": "application/xml" }, body);
      }
    },
    async copy(from, to) {
      const source = `/${bucketName(base)}/${PREFIX}${encodeFilePath(from)}`;
      await call("PUT", urlOf(to), { "x-amz-copy-source": source });
    },
    async uploadUrl(path, limits) {
      return await signer.uploadUrl(urlOf(path), limits);
    },
  };
}

function storedFile({ key, size, modified, etag }: ListedObject): StoredFile {
  return { path: key.slice(PREFIX.length), size, modified, etag };
}

/** Path style names the bucket in the path, host style in the host. */
function bucketName(bucketUrl: string): string {
  const { pathname, hostname } = new URL(bucketUrl);
  return pathname.split("/").find(Boolean) ?? hostname.split(".")[0] ?? "";
}

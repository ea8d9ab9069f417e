/** A file as a listing shows it. */
export type StoredFile = {
  /** Absolute, as `/mnt/qaboard/group/repo/out.txt`. */
  path: string;
  size: number;
  /** ISO 8601; undefined when the store does not say. */
  modified: string | undefined;
  /** As HTTP writes it, quotes included; the MD5 of a file that an object store took in one part. */
  etag: string | undefined;
};

/** A page of a listing; `next` asks for the page after it. */
export type FilePage = { files: StoredFile[]; folders: string[]; next: string | undefined };

/** An opened file: 200 whole, 206 the range, 304 unchanged, 416 when the range lies outside of it. */
export type OpenFile = {
  status: 200 | 206 | 304 | 416;
  /** Of what is HTTP's to tell: `content-length`, `content-range`, `etag`, `last-modified`. */
  headers: Headers;
  body: ReadableStream<Uint8Array> | null;
};

export type OpenOptions = {
  /** One range, as `bytes=0-99`. */
  range?: string | undefined;
  ifNoneMatch?: string | undefined;
  /** Answers with the headers alone. */
  head?: boolean;
};

export type ListOptions = {
  /** true lists the files of all folders below, false names these folders. */
  deep: boolean;
  /** `next` of the page before. */
  after?: string | undefined;
  /** At most 1,000, which is also what is taken unless given. */
  limit?: number;
};

/** What an upload must keep to. */
export type UploadLimits = { sizeBytes: number; seconds: number };

/**
 * Files by absolute path: a bucket, or a folder of this machine. Every path is one that `parseFilePath` let through. Methods
 * throw OutboundError when the store refuses or can't be reached.
 */
export interface FileStore {
  /** Opens a file for streaming; undefined when there is none. */
  open(path: string, options?: OpenOptions): Promise<OpenFile | undefined>;
  /** A file of at most `maxBytes`, read whole; undefined when there is none. Throws AnswerTooLarge. */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Files below a folder, which is given without a slash at its end; an empty page when there is no such folder. */
  list(folder: string, options: ListOptions): Promise<FilePage>;
  write(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Deletes files; those that are not there count as deleted. */
  remove(paths: readonly string[]): Promise<void>;
  /** Copies a file within the store. */
  copy(from: string, to: string): Promise<void>;
  /** A URL that takes one PUT of exactly so many bytes; undefined where only this machine can write. */
  uploadUrl(path: string, limits: UploadLimits): Promise<string | undefined>;
}

/** All files below a folder, at most `max` of them; `complete` is false when there are more. */
export async function listAll(
  files: FileStore,
  folder: string,
  max: number,
): Promise<{ files: StoredFile[]; complete: boolean }> {
  const found: StoredFile[] = [];
  let after: string | undefined;
  do {
    const page = await files.list(folder, { deep: true, after });
    found.push(...page.files);
    after = page.next;
  } while (after !== undefined && found.length < max);
  return { files: found.slice(0, max), complete: after === undefined && found.length <= max };
}

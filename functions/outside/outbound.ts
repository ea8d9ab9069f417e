/** Raised when an outgoing request is not allowed, takes too long or answers too much. */
export class OutboundError extends Error {
  override name = "OutboundError";
}

/** Raised when an answer is larger than was allowed: the other side is there. */
export class AnswerTooLarge extends OutboundError {
  override name = "AnswerTooLarge";
}

/** Limits of one outgoing request: whom it may reach, how long it may take, how much it may answer. */
export type OutboundLimits = { hosts: readonly string[]; timeoutMs: number; maxBytes: number };

/** A request in parts: a Request costs a copy of its body each time one is made of another. */
export type OutboundRequest = {
  url: string;
  method: string;
  headers: Headers;
  body?: Uint8Array<ArrayBuffer> | string;
};

/** An answer read whole: status, headers and at most `maxBytes` of body. */
export type OutboundAnswer = { status: number; headers: Headers; body: Uint8Array };

/**
 * The one way out: sends a request to an allow-listed host (`name` or `name:port`) and reads a bounded answer.
 * Redirects are never followed. Throws OutboundError on a refused host, a time-out, a broken connection or a body over the limit.
 */
export async function outbound(request: Request | OutboundRequest, limits: OutboundLimits): Promise<OutboundAnswer> {
  const host = allowedHost(request.url, limits.hosts);
  try {
    const within = { redirect: "manual", signal: AbortSignal.timeout(limits.timeoutMs) } as const;
    const answer = await (request instanceof Request
      ? fetch(request, within)
      : fetch(request.url, { ...request, ...within }));
    return { status: answer.status, headers: answer.headers, body: await readBounded(answer.body, limits.maxBytes) };
  } catch (error) {
    if (error instanceof OutboundError) throw error;
    throw new OutboundError(`no answer from ${host}`, { cause: error });
  }
}

/** An answer whose body is passed on as it comes. */
export type StreamedAnswer = {
  status: number;
  statusText: string;
  headers: Headers;
  body: ReadableStream<Uint8Array> | null;
};

/**
 * The same way out for what is passed on as it comes: `timeoutMs` counts until the answer begins. Redirects are never
 * followed. Throws OutboundError on a refused host, a time-out or a broken connection.
 */
export async function outboundStream(
  { url, ...request }: OutboundRequest,
  limits: Pick<OutboundLimits, "hosts" | "timeoutMs">,
): Promise<StreamedAnswer> {
  const host = allowedHost(url, limits.hosts);
  const within = new AbortController();
  const timer = setTimeout(() => within.abort(), limits.timeoutMs);
  try {
    return await fetch(url, { ...request, redirect: "manual", signal: within.signal });
  } catch (error) {
    throw new OutboundError(`no answer from ${host}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function allowedHost(url: string, hosts: readonly string[]): string {
  const { host, protocol } = new URL(url);
  if (!hosts.includes(host)) throw new OutboundError(`host ${host} is not on the allow-list`);
  if (protocol !== "https:" && protocol !== "http:") throw new OutboundError(`protocol ${protocol} is not allowed`);
  return host;
}

/** Reads a body whole. Throws AnswerTooLarge beyond `maxBytes`. */
export async function readBounded(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AnswerTooLarge(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return joinChunks(chunks, size);
}

/** One array from many. */
export function joinChunks(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** The part of a stream's reader that bodies are read by; Node's and workerd's types differ in the rest. */
export type BodyReader = { read(): Promise<{ value?: Uint8Array | undefined }> };

const readers = new WeakMap<Request, () => BodyReader>();

/** Notes how the body of a GET is read, which a `Request` of Node's own cannot carry; workerd's does. */
export function noteGetBody(request: Request, open: () => BodyReader): void {
  readers.set(request, open);
}

/** A reader of the body of a request of any method; undefined when there is none. */
export function readerOf(request: Request): BodyReader | undefined {
  return readers.get(request)?.() ?? request.body?.getReader();
}

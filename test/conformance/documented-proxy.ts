import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { portOf } from "../../dev/ports.ts";
import { findUndocumented } from "../support/documented-responses.ts";

/** An edge behind a proxy that holds each response to what its route documents. */
export type DocumentedEdge = {
  url: string;
  /** What differed so far, once each. */
  problems: ReadonlySet<string>;
  stop(): Promise<void>;
};

/** Starts a proxy of an edge that hands everything on as it comes, and reads along. */
export async function startDocumentedEdge(edgeUrl: string): Promise<DocumentedEdge> {
  const problems = new Set<string>();
  const server = createServer((asked, answer) => forward(edgeUrl, asked, answer, (problem) => problems.add(problem)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    problems,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(
  edgeUrl: string,
  asked: IncomingMessage,
  answer: ServerResponse,
  tell: (problem: string) => void,
): void {
  const { method = "GET", url = "/", rawHeaders } = asked;
  const { hostname, port } = new URL(edgeUrl);
  const onward = request({ hostname, port, method, path: url, headers: rawHeaders, setHost: false }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => {
      const problem = findUndocumented({
        method,
        url: edgeUrl + url,
        status: response.statusCode ?? 0,
        contentType: response.headers["content-type"] ?? "",
        body: unpacked(Buffer.concat(chunks), response.headers["content-encoding"]),
      });
      if (problem !== undefined) tell(problem);
    });
    response.pipe(answer);
  });
  onward.on("error", () => answer.destroy());
  asked.pipe(onward);
}

function unpacked(bytes: Buffer, encoding: string | undefined): string {
  // An answer to HEAD has the headers of a body alone.
  if (bytes.length === 0) return "";
  if (encoding === "gzip") return gunzipSync(bytes).toString();
  return (encoding === "br" ? brotliDecompressSync(bytes) : bytes).toString();
}

import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";
import * as z from "zod";
import { portOf } from "../../dev/ports.ts";

const Metadata = z.object({
  bindings: z.array(z.looseObject({ name: z.string(), type: z.string(), text: z.string().optional() })),
});

/** A stand-in for the part of Cloudflare's API that `wrangler deploy` needs, and what was uploaded to it. */
export type CloudflareApi = {
  url: string;
  /** Bindings of the Worker that was uploaded last. */
  bindings(): z.infer<typeof Metadata>["bindings"];
  /** Cron expressions that were set last. */
  crons(): unknown;
};

/** Takes one Worker into an account without any; ends with the test. */
export async function startCloudflareApi(): Promise<CloudflareApi> {
  let bindings: z.infer<typeof Metadata>["bindings"] = [];
  let crons: unknown;
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://api").pathname;
    const isScript = /\/workers\/scripts\/runledger(\/versions)?$/.test(path);
    if (request.method === "GET" && (isScript || path.includes("/workers/services/"))) {
      const errors = [{ code: 10007, message: "This Worker does not exist on your account." }];
      return response.writeHead(404).end(JSON.stringify({ success: false, errors, messages: [], result: null }));
    }
    if (request.method !== "GET" && isScript) {
      const form = await readForm(request);
      bindings = Metadata.parse(JSON.parse(String(form.get("metadata")))).bindings;
    }
    if (path.endsWith("/schedules")) crons = JSON.parse(await new Response(await readBytes(request)).text());
    const result = path.endsWith("/secrets")
      ? []
      : { id: "runledger", subdomain: "example", enabled: false, deployments: [], items: [] };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ success: true, errors: [], messages: [], result }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, bindings: () => bindings, crons: () => crons };
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

async function readForm(request: IncomingMessage): Promise<FormData> {
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  return await new Response(await readBytes(request), { headers }).formData();
}

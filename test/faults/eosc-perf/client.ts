import * as z from "zod";
import { ADMIN_ENTITLEMENT, mintToken } from "../../../dev/identities.ts";
import type { Scene } from "../fault.ts";
import type { Answer } from "./outcomes.ts";

const ANSWER_MS = 10_000;
const WithId = z.looseObject({ id: z.uuid() });

/** Posts to the API as somebody; undefined when no answer came. */
export type Client = { sub: string; write(method: "POST" | "PUT", path: string, json?: object): Promise<Answer> };

/** Somebody whose token the stack's issuer vouches for. */
export async function clientFor({ stack, dataDir }: Scene, sub: string, isAdmin = false): Promise<Client> {
  const entitlements = isAdmin ? [ADMIN_ENTITLEMENT] : [];
  const identity = { sub, email: `${sub}@example.org`, email_verified: true, entitlements };
  const token = await mintToken(dataDir, stack.issuerUrl ?? "", identity);
  return {
    sub,
    async write(method, path, json) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const body = json === undefined ? {} : { body: JSON.stringify(json) };
      try {
        const signal = AbortSignal.timeout(ANSWER_MS);
        const answer = await fetch(`${stack.edgeUrl}/eosc-perf${path}`, { method, headers, signal, ...body });
        const text = await answer.text();
        const made = answer.status === 201 ? WithId.safeParse(JSON.parse(text)).data?.id : undefined;
        return { status: answer.status, id: made };
      } catch {
        return undefined;
      }
    },
  };
}

/** Makes something that writers refer to, before the fault begins; its id. */
export async function make(client: Client, path: string, json: object): Promise<string> {
  const answer = await client.write("POST", path, json);
  if (answer?.id === undefined) throw new Error(`${path} was answered with ${answer?.status}`);
  return answer.id;
}

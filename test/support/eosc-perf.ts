import { inject } from "vitest";
import * as z from "zod";
import { ADMIN_ENTITLEMENT, type LocalIdentity, mintToken } from "../../dev/identities.ts";

/** A token of the shared stack's issuer. */
export async function tokenOf(identity: LocalIdentity): Promise<string> {
  const { dataDir, issuerUrl } = inject("stack");
  return await mintToken(dataDir, issuerUrl, identity);
}

/** A name nobody else has. */
export const fresh = (prefix: string) => `${prefix}-${crypto.randomUUID().slice(0, 13)}`;

/** Somebody new, whose token says who they are; registered unless asked otherwise. */
export async function somebody(kind: "user" | "admin" | "unregistered" = "user") {
  const sub = fresh(kind);
  const entitlements = kind === "admin" ? [ADMIN_ENTITLEMENT] : [];
  const token = await tokenOf({ sub, email: `${sub}@example.org`, email_verified: true, entitlements });
  if (kind !== "unregistered") await call("POST", "/users:register", { token });
  return { sub, token };
}

export type CallOptions = {
  token?: string | undefined;
  /** Sent as JSON. */
  json?: unknown;
  body?: string;
  headers?: Record<string, string>;
};

/** What the API answers; `json` is undefined when there is no JSON. */
export type Answer = { status: number; json: unknown; text: string; headers: Headers };

/** Asks the EOSC-Perf API; the path may have a query. */
export async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { token, json: sent, body = sent === undefined ? undefined : JSON.stringify(sent), headers } = options;
  const answer = await fetch(`${inject("stack").edgeUrl}/eosc-perf${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.startsWith("application/json");
  return {
    status: answer.status,
    json: isJson && text !== "" ? JSON.parse(text) : undefined,
    text,
    headers: answer.headers,
  };
}

/** Status and body, the way most tests look at an answer. */
export async function said(method: string, path: string, options: CallOptions = {}): Promise<[number, unknown]> {
  const { status, json } = await call(method, path, options);
  return [status, json];
}

const WithId = z.looseObject({ id: z.uuid() });

/** Makes something and returns its id. */
export async function made(path: string, json: unknown, token: string): Promise<string> {
  const answer = await call("POST", path, { token, json });
  if (answer.status !== 201) throw new Error(`not made: ${answer.status} ${JSON.stringify(answer.json)}`);
  return WithId.parse(answer.json).id;
}

const PageBody = z.looseObject({ total: z.int(), items: z.array(z.looseObject({})) });

/** The page a list answers with. */
export async function pageAt(path: string, token?: string) {
  const answer = await call("GET", path, { token });
  if (answer.status !== 200) throw new Error(`no page: ${answer.status} ${JSON.stringify(answer.json)}`);
  return PageBody.parse(answer.json);
}

/** The body of a business refusal. */
export const refused = (code: number, status: string, error: string) => [code, { code, errors: { error }, status }];

/** The body of a query or a document that does not fit. */
export const invalid = (location: "query" | "json", errors: unknown) => [
  422,
  { code: 422, errors: { [location]: errors }, status: "Unprocessable Entity" },
];

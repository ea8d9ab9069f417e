import { SignJWT } from "jose";
import * as z from "zod";

/** Secret that the tokens of the replay are signed with. */
export const SUBMIT_SECRET = "test-submit-secret";

const SETTLE_MS = 60_000;
const Answer = z.strictObject({ id: z.string(), status: z.string(), message: z.string() });

/** What came of a submission: its last status, and why it was refused. */
export type Settled = { status: string; reason: string };

/** Submits by `POST /kernelci/submit` with a token, and waits until the submission is stored or refused. */
export async function submitted(edgeUrl: string, body: string): Promise<Settled> {
  const headers = { authorization: `Bearer ${await token()}`, "content-type": "application/json" };
  const answer = await fetch(`${edgeUrl}/kernelci/submit`, { method: "POST", headers, body });
  const { id, message } = Answer.parse(await answer.json());
  if (answer.status === 400) return { status: "failed", reason: message };
  if (answer.status !== 200) return { status: `answered ${answer.status}`, reason: message };
  const receipt = new URL(answer.headers.get("location") ?? "", edgeUrl);
  const deadline = Date.now() + SETTLE_MS;
  for (;;) {
    const asked = await fetch(`${edgeUrl}/kernelci/status?id=${id}`, { headers });
    const { status } = Answer.parse(await asked.json());
    const isOpen = status === "ready" || status === "inprogress";
    if (!isOpen || Date.now() > deadline) return { status, reason: await (await fetch(receipt)).text() };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** A token that may submit. */
export async function token(): Promise<string> {
  const secret = new TextEncoder().encode(SUBMIT_SECRET);
  const claims = new SignJWT({ origin: "conformance" }).setProtectedHeader({ alg: "HS256" });
  return await claims.setExpirationTime("1h").sign(secret);
}

import { createHmac } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { Env } from "../../env.ts";

const NAME = "session";
/** A session ends then, whatever the browser keeps. */
const MAX_AGE_SECONDS = 31 * 86_400;

/** The key that signs sessions: the setting's, or one made from the key of receipts. */
function keyOf({ config }: Env["Bindings"]): string {
  return config.QABOARD_SESSION_KEY ?? createHmac("sha256", config.RECEIPT_KEY).update("qaboard session").digest("hex");
}

/** Begins the session of a user (contract section 10). */
export async function beginSession(c: Context<Env>, userId: number): Promise<void> {
  touch(c);
  const value = `${userId}.${Math.floor(Date.now() / 1_000)}`;
  const secure = new URL(c.req.url).protocol === "https:";
  await setSignedCookie(c, NAME, value, keyOf(c.env), { httpOnly: true, path: "/", sameSite: "Lax", secure });
}

/** Ends the session, if there is one. */
export function endSession(c: Context<Env>): void {
  touch(c);
  deleteCookie(c, NAME, { path: "/" });
}

/** Id of the user who is logged in; undefined without a session, or with one that is old or not ours. */
export async function findSessionUser(c: Context<Env>): Promise<number | undefined> {
  touch(c);
  const value = await getSignedCookie(c, keyOf(c.env), NAME);
  const [, id, begun] = /^(\d{1,10})\.(\d{1,12})$/.exec(value || "") ?? [];
  if (id === undefined || Number(begun) + MAX_AGE_SECONDS < Date.now() / 1_000) return undefined;
  return Number(id);
}

/** Says that the answer depends on the cookie. */
function touch(c: Context<Env>): void {
  c.header("vary", "Cookie", { append: true });
  c.header("cache-control", "no-store");
}

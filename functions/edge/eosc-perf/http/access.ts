import type { Access } from "../../http/route.ts";
import { type Caller, findCaller, type Level } from "./caller.ts";

/** Open to those of a level; handlers are given the caller. Throws a Refusal with 401 or 403 (contract section 2). */
const openTo = (level: Level): Access<{ caller: Caller }> => ({
  name: level,
  grant: async (c) => ({ caller: await findCaller(c, level) }),
});

/** Open to whoever bears a valid token, registered or not. */
export const token = openTo("token");

/** Open to registered users. */
export const user = openTo("user");

/** Open to admins. */
export const admin = openTo("admin");

import { eq } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { qaboardUsers } from "../../schema/index.ts";

const SHOWN = {
  id: qaboardUsers.id,
  userName: qaboardUsers.userName,
  fullName: qaboardUsers.fullName,
  email: qaboardUsers.email,
  isLdap: qaboardUsers.isLdap,
};

/** A user by name, with the hash of the password; undefined for an unknown one. */
export async function findUserByName(db: Database, userName: string) {
  const columns = { ...SHOWN, password: qaboardUsers.password };
  const [user] = await db.select(columns).from(qaboardUsers).where(eq(qaboardUsers.userName, userName));
  return user;
}

/** A user by id; undefined for an unknown one. */
export async function findUser(db: Database, id: number) {
  const [user] = await db.select(SHOWN).from(qaboardUsers).where(eq(qaboardUsers.id, id));
  return user;
}

import type { Database } from "../../client.ts";
import { databaseFault } from "../../errors.ts";
import { qaboardUsers } from "../../schema/index.ts";

/** `unique_violation`. */
const TAKEN = "23505";

export type NewUser = {
  userName: string | null;
  fullName: string | null;
  email: string | null;
  /** Hash in Werkzeug's notation. */
  password: string;
};

/** Stores a user; the id, or undefined when the user name, the full name or the email is another's. */
export async function storeUser(db: Database, user: NewUser): Promise<number | undefined> {
  try {
    const [made] = await db.insert(qaboardUsers).values(user).returning({ id: qaboardUsers.id });
    return made?.id;
  } catch (error) {
    if (databaseFault(error)?.code === TAKEN) return undefined;
    throw error;
  }
}

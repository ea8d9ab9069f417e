import type { Pool } from "pg";
import type { Audit } from "../audit.ts";
import type { TakenMail } from "./server.ts";

/**
 * Compares the mails that a server took with the registrations that were acknowledged: everybody has one mail. `mayRepeat`
 * says how many further copies of a mail the outbox's contract allows: one for each time that the sender could not
 * hear the server's yes, or died before the mark of it was committed. All copies have one Message-ID.
 */
export async function auditMails(
  pool: Pool,
  registered: readonly string[],
  taken: readonly TakenMail[],
  mayRepeat: (copies: readonly TakenMail[]) => number,
): Promise<Audit> {
  const wrong: string[] = [];
  const byAddress = Map.groupBy(taken, ({ to }) => to);
  const lost = registered.filter((address) => !byAddress.has(address)).map((address) => `no mail to ${address}`);
  const extra = [...byAddress].flatMap(([address, copies]) => {
    const allowed = mayRepeat(copies);
    return copies.length - 1 > allowed
      ? [`${copies.length} mails to ${address}, where ${1 + allowed} are allowed`]
      : [];
  });
  for (const [address, copies] of byAddress) {
    if (!registered.includes(address)) wrong.push(`a mail to ${address}, who was not registered`);
    if (new Set(copies.map(({ messageId }) => messageId)).size > 1)
      wrong.push(`copies to ${address} differ in Message-ID`);
  }
  const { rows } = await pool.query<{ state: string; n: number }>(
    "select state, count(*)::int as n from ledger.outbox group by state",
  );
  const states = JSON.stringify(rows);
  const isSent = rows.length === 1 && rows[0]?.state === "sent" && rows[0].n === registered.length;
  if (!isSent) wrong.push(`the outbox holds ${states}, for ${registered.length} registrations`);
  return {
    ...{ sent: registered.length, accepted: registered.length, stored: byAddress.size, rejected: 0, dead: 0 },
    ...{ lost: lost.length, double: extra.length, note: `${taken.length - byAddress.size} further copies as allowed` },
    wrong: [...lost, ...extra, ...wrong],
  };
}

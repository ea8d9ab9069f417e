/**
 * One row for each receipt, sorted by it; of several the last replay. A queue may deliver a message twice in one batch,
 * and a statement may touch a row only once.
 */
export function oncePerReceipt<R extends { receiptId: string; replays?: number | undefined }>(rows: readonly R[]): R[] {
  const byReplay = [...rows].sort((a, b) => (a.replays ?? 0) - (b.replays ?? 0));
  const kept = new Map(byReplay.map((row) => [row.receiptId, row]));
  return [...kept.values()].sort((a, b) => (a.receiptId < b.receiptId ? -1 : 1));
}

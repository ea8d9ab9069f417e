import type { Delivery } from "./story.ts";

/** A load with `count` deliveries after every `companions` that have no end of their own: their key begins with the kind. */
export function poisonedAmong(load: readonly Delivery[], kind: string, companions: number, count: number): Delivery[] {
  return load.flatMap((delivery, i) => {
    const number = (i + 1) / companions;
    if (!Number.isInteger(number) || number > count) return [delivery];
    return [delivery, { ...delivery, key: `${kind}-${number}`, event: "ping", poison: kind }];
  });
}

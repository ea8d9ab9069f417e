import type { Fault } from "../fault.ts";

/** All of it arrives backwards: completed before requested, jobs before runs, pushes before the branch. */
export const orderReversed: Fault = {
  name: "order-reversed",
  quick: false,
  async run({ sender, load }) {
    await sender.send(load.toReversed());
    return [];
  },
};

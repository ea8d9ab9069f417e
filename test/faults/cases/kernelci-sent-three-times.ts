import type { Fault } from "../fault.ts";
import { resultsOf, submissionOf } from "../kernelci/load.ts";
import { notProcessed, submit } from "../kernelci/submit.ts";
import { seeded } from "../random.ts";
import { sentThreeTimes } from "./sent-three-times.ts";

/** The same submissions are posted three times at once, a large one among them, and a third of the messages reach the queue twice. */
export const kernelciSentThreeTimes: Fault = {
  ...sentThreeTimes,
  name: "kernelci-sent-three-times",
  source: "kernelci",
  load(seed) {
    const random = seeded(seed);
    const sizes = [5_000, ...Array.from({ length: 12 }, () => 40)];
    return sizes.map((tests, commit) => submissionOf(random, commit, resultsOf(random, 3, tests)));
  },
  async run(scene) {
    await Promise.all(scene.load.flatMap(({ body }) => [1, 2, 3].map(() => submit(scene, body))));
    return [];
  },
  check: notProcessed,
};

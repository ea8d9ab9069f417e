import { comparing } from "./compare-tests.ts";

/** Contract part 05, comparison. */
export const { route, handler } = comparing("boots", "compareKernelciBoots");

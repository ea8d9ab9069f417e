import { eoscPerf } from "./eosc-perf/source.ts";
import { github } from "./github/source.ts";
import type { Source } from "./http/source.ts";
import { kernelci } from "./kernelci/source.ts";
import { qaboard } from "./qaboard/source.ts";

/** Every source the edge serves. */
export const SOURCES: readonly Source[] = [github, kernelci, eoscPerf, qaboard];

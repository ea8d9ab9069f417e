/** Which of builds, boots and tests are counted. */
export type Types = { builds: boolean; boots: boolean; tests: boolean };

/** What the contract says where a hardware has no tree (part 06, Trees of a hardware). */
export const NO_TREES = "This hardware isn't associated with any commit";

/** What it says where nothing was recorded. */
export const NO_RECORDS = {
  full: "Hardware not found",
  builds: "No builds found for this hardware",
  boots: "No boots found for this hardware",
  tests: "No tests found for this hardware",
};

/** Tables of the original in the order they are copied: what belongs to others comes after them. */
export const COPIED_TABLES = ["projects", "ci_commits", "batches", "test_inputs", "outputs", "users"] as const;
export type CopiedTable = (typeof COPIED_TABLES)[number];

/** An expression that may stay although it can't be shown to be linear, and why. */
export type Exception = {
  file: string;
  /** As the file has it, from the first slash or from `new`. */
  text: string;
  reason: string;
};

export const EXCEPTIONS: readonly Exception[] = [
  {
    file: "functions/edge/github/http/own-urls.ts",
    text: 'new RegExp(`((?:[{ ]"|_)url": ")(?:${bases})(?=/)`, "g")',
    reason: "built of a setting whose every character is escaped: alternatives without a quantifier",
  },
  {
    file: "functions/edge/kernelci/http/route-table.ts",
    text: 'new RegExp(`^${names}$`, "s")',
    reason: "built of our own route table: one name of any length at most, and each other name stops at a slash",
  },
  {
    file: "test/support/documented-responses.ts",
    text: 'new RegExp(`^${parts.join("")}$`)',
    reason: "built of our own contracts' paths, for addresses that tests ask for",
  },
];

export * from "./github.ts";
export * from "./github-scrapes.ts";
export * from "./ledger.ts";

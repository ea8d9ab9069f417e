export * from "./github.ts";
export * from "./ledger.ts";

export * from "./github.ts";
export * from "./github-scrapes.ts";
export * from "./kernelci.ts";
export * from "./kernelci-derived.ts";
export * from "./kernelci-submissions.ts";
export * from "./ledger.ts";

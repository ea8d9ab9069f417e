import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./db/schema/ledger.ts",
    "./db/schema/outbox.ts",
    "./db/schema/github.ts",
    "./db/schema/github-scrapes.ts",
    "./db/schema/kernelci.ts",
    "./db/schema/kernelci-derived.ts",
    "./db/schema/kernelci-metrics.ts",
    "./db/schema/kernelci-registry.ts",
    "./db/schema/kernelci-hardware.ts",
    "./db/schema/kernelci-submissions.ts",
    "./db/schema/kernelci-notifications.ts",
    "./db/schema/eosc-perf.ts",
    "./db/schema/eosc-perf-results.ts",
    "./db/schema/eosc-perf-values.ts",
    "./db/schema/qaboard.ts",
  ],
  out: process.env.DRIZZLE_OUT ?? "./drizzle",
  migrations: { prefix: "timestamp" },
});

import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./db/schema/ledger.ts",
    "./db/schema/github.ts",
    "./db/schema/github-scrapes.ts",
    "./db/schema/kernelci.ts",
    "./db/schema/kernelci-derived.ts",
    "./db/schema/kernelci-submissions.ts",
  ],
  out: process.env.DRIZZLE_OUT ?? "./drizzle",
  migrations: { prefix: "timestamp" },
});

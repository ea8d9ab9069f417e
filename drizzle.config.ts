import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./db/schema/ledger.ts", "./db/schema/github.ts", "./db/schema/github-scrapes.ts"],
  out: process.env.DRIZZLE_OUT ?? "./drizzle",
  migrations: { prefix: "timestamp" },
});

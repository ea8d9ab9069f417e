import type { Stack } from "../../../dev/stack.ts";
import type { Report } from "../figures.ts";
import { connected } from "../scratch-databases.ts";
import { compareSizes, type SizedRead } from "./sizes.ts";

const CHECKOUT = "maestro:made-0-0";
const REPOSITORY = "https://git.example.org/mainline.git";
const PLACE = `origin=maestro&git_url=${encodeURIComponent(REPOSITORY)}&git_branch=master`;

/** What is asked for, by the commit of the newest checkout; bounded are lists and summaries. */
const READS: Readonly<Record<string, SizedRead>> = {
  "tree list": { path: async () => "tree/?origin=maestro&interval_in_days=7", isBound: true },
  "details summary": { path: async (url) => `tree/${await newestCommit(url)}/summary?${PLACE}`, isBound: true },
  "details full": { path: async (url) => `tree/${await newestCommit(url)}/full?${PLACE}`, isBound: false },
  "test details": { path: async () => `test/${encodeURIComponent(`${CHECKOUT}-b0-t3`)}`, isBound: false },
  "status history": {
    path: async () =>
      `test/status-history?origin=maestro&path=kselftest.futex&git_repository_url=${encodeURIComponent(REPOSITORY)}` +
      "&git_repository_branch=master&config_name=defconfig&platform=bcm2711-rpi-4-b" +
      `&current_test_start_time=${encodeURIComponent(new Date(Date.now()).toISOString())}`,
    isBound: false,
  },
};

/** The reads behind the dashboard's pages of trees and tests. */
export async function benchKernelciReads(stack: Stack, report: Report, folder: string): Promise<void> {
  await compareSizes({ stack, report, folder }, "kernelci-reads", READS);
}

async function newestCommit(databaseUrl: string): Promise<string> {
  const statement = "select git_commit_hash as hash from kernelci.checkouts where id = $1";
  const { rows } = await connected(databaseUrl, (client) => client.query<{ hash: string }>(statement, [CHECKOUT]));
  return String(rows[0]?.hash);
}

import { bigserial, boolean, index, integer, text, timestamp, unique } from "drizzle-orm/pg-core";
import { kernelci } from "./kernelci.ts";

/* What the pages of a hardware read: kept by the transaction that writes the objects (contracts/kernelci, part 06). */

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const count = (name: string) => integer(name).notNull().default(0);

/** Every pair of a platform and compatibles that tests ran on, so that a name is looked up once and not in every test. */
export const hardwareBoards = kernelci.table(
  "hardware_boards",
  {
    /** MD5 of both: an index holds no long lists. */
    board: text("board").primaryKey(),
    platform: text("platform"),
    compatibles: text("compatibles").array(),
  },
  (t) => [
    index("hardware_boards_platform").on(t.platform),
    index("hardware_boards_compatibles").using("gin", t.compatibles),
  ],
);

/** Counts of the tests of one build on one board. */
export const hardwareTestsRollup = kernelci.table(
  "hardware_tests_rollup",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    checkoutId: text("checkout_id").notNull(),
    board: text("board").notNull(),
    testOrigin: text("test_origin").notNull(),
    buildId: text("build_id").notNull(),
    testLab: text("test_lab"),
    /** Null for tests without a path. */
    isBoot: boolean("is_boot"),
    passTests: count("pass_tests"),
    failTests: count("fail_tests"),
    skipTests: count("skip_tests"),
    errorTests: count("error_tests"),
    missTests: count("miss_tests"),
    doneTests: count("done_tests"),
    nullTests: count("null_tests"),
    totalTests: count("total_tests"),
    /** Of the tests that failed. */
    failIncidents: count("fail_incidents"),
    /** No test started before or after; wider than need be once tests have left. A test without a start widens it to ever. */
    firstStart: instant("first_start").notNull(),
    lastStart: instant("last_start").notNull(),
  },
  (t) => [
    unique("hardware_tests_rollup_group")
      .on(t.checkoutId, t.board, t.testOrigin, t.buildId, t.testLab, t.isBoot)
      .nullsNotDistinct(),
  ],
);

import { expect, test } from "vitest";
import { latestSlots } from "../../functions/cron/notification-schedule.ts";

const slots = (now: string) => Object.fromEntries(latestSlots(new Date(now)).map(({ job, slot }) => [job, slot]));

test("jobs are due at the hours, days and weekdays of the original's table, in UTC", () => {
  // A Wednesday.
  expect(slots("2026-11-25T14:29:59Z")).toEqual({
    new_issues: "2026-11-25T13:59:00.000Z",
    summary_microsoft: "2026-11-24T14:30:00.000Z",
    summary_maestro: "2026-11-25T02:30:00.000Z",
    hardware_summary: "2026-11-23T03:33:00.000Z",
    metrics_summary: "2026-11-21T00:00:00.000Z",
  });
});

test("a slot is there from its minute on", () => {
  // A Monday.
  expect(slots("2026-11-30T03:32:59.999Z").hardware_summary).toBe("2026-11-23T03:33:00.000Z");
  expect(slots("2026-11-30T03:33:00Z").hardware_summary).toBe("2026-11-30T03:33:00.000Z");
  expect(slots("2026-11-28T00:00:00Z").metrics_summary).toBe("2026-11-28T00:00:00.000Z");
  expect(slots("2027-01-01T00:00:00Z").new_issues).toBe("2026-12-31T23:59:00.000Z");
});

import { expect, test } from "vitest";
import { answerOf, ask, seededKernelci } from "../../support/kernelci-reads.ts";

seededKernelci();

test.each(["1; drop table kernelci.metrics_by_day", "1' or '1'='1", "7)", "%00"])(
  "start_days_ago=%s is refused and changes nothing",
  async (value) => {
    const before = await answerOf("/metrics/?start_days_ago=30");
    const answer = await ask(`/metrics/?start_days_ago=${value === "%00" ? value : encodeURIComponent(value)}`);
    expect(answer.status).toBe(400);
    expect(await answerOf("/metrics/?start_days_ago=30")).toEqual(before);
  },
);

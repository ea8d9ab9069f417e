import {
  type FailedGroup,
  findHardwareTotals,
  type HardwareTotals,
  listFailedGroups,
} from "../../../../db/queries/kernelci/notifications/hardware-week.ts";
import { type Hardware, listHardware } from "../../../../db/queries/kernelci/notifications/subscriptions.ts";
import { branchName, dashboardLink, minuteOf, withFooter } from "./phrases.ts";
import { mailText, type PlainText, plainText } from "./plain-text.ts";
import type { Action } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";
import { countsLine } from "./status-marks.ts";

const partOf = ({ origin, platform }: Hardware) => `${origin}:${platform}`;

/** For each subscribed platform the failed tests of its labs in a week, and how often everything passed. */
export const hardwareSummary: Action = {
  async listParts(db, { origins, subscriptions }) {
    return (await listHardware(db, subscriptions))
      .filter(({ origin }) => origins?.includes(origin) ?? true)
      .map(partOf);
  },
  async find(db, part, { subscriptions }, settings) {
    const hardware = (await listHardware(db, subscriptions)).find((one) => partOf(one) === part);
    if (hardware === undefined) return [];
    const totals = await findHardwareTotals(db, hardware);
    if (totals.checkouts === 0) return [];
    const groups = await listFailedGroups(db, hardware);
    return [
      {
        id: part,
        action: "hardware_summary",
        subject: `hardware ${hardware.platform} summary - ${minuteOf(new Date())}`,
        text: () => hardwareText(hardware, totals, groups, settings),
        recipients: hardware.recipients,
      },
    ];
  },
};

function hardwareText(
  { platform, origin, labs }: Hardware,
  totals: HardwareTotals,
  groups: readonly FailedGroup[],
  settings: NotificationSettings,
): string {
  const { buildPass, buildFailed, buildInc, bootPass, bootFailed, bootInc, testPass, testFailed, testInc } = totals;
  return mailText(
    withFooter(plainText`Results of ${platform} in the last 7 days

- origin: ${origin}
- labs: ${labs.join(", ")}

${countsLine("Builds", { passed: buildPass, failed: buildFailed, inconclusive: buildInc })}
${countsLine("Boots", { passed: bootPass, failed: bootFailed, inconclusive: bootInc })}
${countsLine("Tests", { passed: testPass, failed: testFailed, inconclusive: testInc })}

### FAILED TESTS OF THESE LABS

${groups.length === 0 ? [plainText`None.`] : groups.map((group) => groupLines(group, settings))}`),
  );
}

function groupLines(group: FailedGroup, settings: NotificationSettings): PlainText {
  const { suite, commit, fails, newest } = group;
  const lines = newest.map(
    ({ id, path, lab, startTime, comment }) => plainText`- ${path ?? "(no path)"}
  lab ${lab ?? "unknown"}, ${startTime ?? "unknown time"}${comment === null ? "" : `: ${comment}`}
  ${dashboardLink(settings, "test", id)}
  #kernelci test ${id}`,
  );
  const more = fails > newest.length ? [plainText`- … and ${fails - newest.length} more`] : [];
  return plainText`## ${suite}: ${fails} failed on ${branchName(group)}, commit ${commit ?? "unknown"}
${[...lines, ...more]}
`;
}

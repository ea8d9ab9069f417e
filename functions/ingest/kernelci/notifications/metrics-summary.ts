import { type WeeklyFigures, weeklyFigures } from "../../../../db/queries/kernelci/notifications/weekly-figures.ts";
import { dashboardLink, minuteOf, withFooter } from "./phrases.ts";
import { mailText, PlainText, plainText } from "./plain-text.ts";
import type { Action } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";

/** What was ingested in a week, beside the week before. */
export const metricsSummary: Action = {
  listParts: async () => ["metrics_summary"],
  async find(db, part, _request, settings) {
    const week = await weeklyFigures(db);
    return [
      {
        id: part,
        action: "metrics_summary",
        subject: `KernelCI Metrics Report - ${minuteOf(new Date())}`,
        text: () => metricsText(week, settings),
        recipients: [],
      },
    ];
  },
};

function metricsText(week: WeeklyFigures, settings: NotificationSettings): string {
  const { figures, before } = week;
  return mailText(
    withFooter(plainText`KernelCI from ${week.since} to ${week.until} (UTC, the last day not included)

### COVERAGE

${row("", "this week", "week before", "change")}
${compared("Trees", figures.trees, before.trees)}
${compared("Checkouts", figures.checkouts, before.checkouts)}
${compared("Builds", figures.builds, before.builds)}
${compared("Tests", figures.tests, before.tests)}

### BUILD REGRESSIONS

${regressionLines(week)}

### MOST FREQUENT BUILD REGRESSIONS

${topLines(week, settings)}

### LABS

${labLines(week)}`),
  );
}

const printed = (count: number) => new Intl.NumberFormat("en").format(count);

const row = (name: string, ...cells: readonly string[]) =>
  new PlainText(`${plainText`${name}`.text.padEnd(26)}${cells.map((cell) => cell.padStart(16)).join("")}`.trimEnd());

const compared = (name: string, now: number, before: number) =>
  row(name, printed(now), printed(before), change(now, before));

function change(now: number, before: number): string {
  const difference = now - before;
  const sign = difference > 0 ? "+" : "";
  const share = before === 0 ? "" : ` (${sign}${Math.round((difference / before) * 100)}%)`;
  return `${sign}${printed(difference)}${share}`;
}

function regressionLines({ origins }: WeeklyFigures): readonly PlainText[] {
  if (origins.length === 0) return [plainText`None.`];
  const lines = origins.map(({ origin, incidents, issues, newIssues }) =>
    row(origin, printed(issues - newIssues), printed(newIssues), printed(incidents)),
  );
  return [row("Origin", "known", "new", "affected builds"), ...lines];
}

function topLines({ topIssues }: WeeklyFigures, settings: NotificationSettings): readonly PlainText[] {
  if (topIssues.length === 0) return [plainText`None.`];
  return topIssues.map(
    ({ origin, id, comment, incidents }) => plainText`- ${origin}: ${comment ?? "(no comment)"}
  ${printed(incidents)} builds: ${dashboardLink(settings, "issue", id)}`,
  );
}

function labLines({ labs, labsBefore }: WeeklyFigures): readonly PlainText[] {
  const earlier = new Map(labsBefore.map((lab) => [lab.lab, lab]));
  const here = new Set(labs.map(({ lab }) => lab));
  const gone = labsBefore
    .filter(({ lab }) => !here.has(lab))
    .map(({ lab }) => ({ lab, builds: 0, boots: 0, tests: 0 }));
  const lines = [...labs, ...gone].map(({ lab, builds, boots, tests }) => {
    const name = earlier.has(lab) ? lab : `${lab} (new)`;
    return row(name, printed(builds), printed(boots), printed(tests), change(tests, earlier.get(lab)?.tests ?? 0));
  });
  if (lines.length === 0) return [plainText`None.`];
  return [row("Lab", "builds", "boots", "tests", "change in tests"), ...lines];
}

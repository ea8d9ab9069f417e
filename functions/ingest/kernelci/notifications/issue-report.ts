import type { Database } from "../../../../db/client.ts";
import {
  findIssueDetails,
  type IssueDetails,
  listSeenBuilds,
  listSeenTests,
} from "../../../../db/queries/kernelci/notifications/issue-details.ts";
import { listUnsentIssues } from "../../../../db/queries/kernelci/notifications/new-issues.ts";
import { listTreeRecipients } from "../../../../db/queries/kernelci/notifications/subscriptions.ts";
import { storeSentIssue } from "../../../../db/upserts/kernelci/notifications.ts";
import { isForRegressions } from "./addressees.ts";
import { issueText } from "./issue-text.ts";
import { branchName } from "./phrases.ts";
import { type Action, NotFound, type Report, type Request } from "./report.ts";
import type { NotificationSettings } from "./settings.ts";

/** Reports of one issue, or of each build issue that was found new and not reported. */
export const issueReport: Action = {
  listParts: async (db, { id }) => (id === undefined ? await listUnsentIssues(db) : [id]),
  async find(db, id, request, settings) {
    const report = await findIssueReport(db, id, request, settings);
    if (report === undefined) throw new NotFound(`No issue ${id} with a build or test that has a checkout is stored.`);
    return [report];
  },
};

/** The report of an issue; undefined when nothing that is stored has it. */
export async function findIssueReport(
  db: Database,
  id: string,
  request: Request,
  settings: NotificationSettings,
  forLists = false,
): Promise<Report | undefined> {
  const issue = await findIssueDetails(db, id);
  if (issue === undefined || (issue.buildId === null && issue.testId === null)) return undefined;
  const isBuild = issue.buildId !== null;
  const [builds, tests] = isBuild ? [await listSeenBuilds(db, issue), []] : [[], await listSeenTests(db, issue)];
  const target = { regressionOf: issue.tree ?? undefined, forLists };
  const facts = { issue, builds, tests, forRegressions: isForRegressions(target, request) };
  const boots = tests.some(({ path }) => path === "boot" || path?.startsWith("boot.") === true);
  const issueType = isBuild ? "build" : boots ? "boot" : "test";
  return {
    ...target,
    id,
    action: "issue_report",
    subject: `[REGRESSION] ${branchName(issue)}: (${isBuild ? "build" : "boot"})${snippet(issue)}`,
    text: (messageId) => issueText(facts, messageId, settings),
    recipients: issue.url === null ? [] : await listTreeRecipients(db, { url: issue.url }, request.subscriptions),
    async store(tx, messageId) {
      if (!request.updateStorage && !forLists) return;
      await storeSentIssue(tx, { issueId: id, issueVersion: issue.version, issueType }, messageId);
    },
  };
}

function snippet({ comment }: IssueDetails): string {
  const characters = [...(comment ?? "")];
  return characters.length <= 70 ? characters.join("") : `${characters.slice(0, 67).join("")}...`;
}

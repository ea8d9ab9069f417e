import {
  type CheckoutSummary,
  findCheckoutSummary,
} from "../../../../db/queries/kernelci/notifications/checkout-summary.ts";
import { listReports } from "../../../../db/queries/kernelci/notifications/subscriptions.ts";
import { storeSentSummary } from "../../../../db/upserts/kernelci/notifications.ts";
import { summaryText } from "./checkout-summary-text.ts";
import type { Action } from "./report.ts";

/** For each subscribed report the newest checkout of its branch, when its tests changed or the report is always sent. */
export const checkoutSummary: Action = {
  async listParts(db, { origins, subscriptions }) {
    const reports = await listReports(db, { given: subscriptions });
    return reports.filter(({ origin }) => origins?.includes(origin) ?? true).map(({ id }) => id);
  },
  async find(db, id, request, settings) {
    const [report] = await listReports(db, { id, given: request.subscriptions });
    if (report === undefined || (request.skipsSent && report.isSent)) return [];
    const found = await findCheckoutSummary(db, report);
    if (found === undefined || !(report.always || isChanged(found))) return [];
    const { url, branch, origin, paths, recipients } = report;
    const mark = origin === "maestro" ? "" : `[${origin.toUpperCase()}]`;
    return [
      {
        id,
        action: "summary",
        subject: `[STATUS]${mark} ${found.tree_name ?? "unknown"}/${branch} - ${found.commit_hash}`,
        text: () => summaryText(found, settings),
        recipients,
        async store(tx, notificationMessageId) {
          if (!request.updateStorage) return;
          const checkout = {
            checkoutId: found.checkout_id,
            gitRepositoryBranch: branch,
            gitRepositoryUrl: url,
            origin,
          };
          await storeSentSummary(tx, {
            ...checkout,
            notificationMessageId,
            path: paths.length === 0 ? null : JSON.stringify(paths),
            report: id,
          });
        },
      },
    ];
  },
};

function isChanged({ possible_regressions, fixed_regressions, unstable_tests }: CheckoutSummary): boolean {
  return [possible_regressions, fixed_regressions, unstable_tests].some((found) => Object.keys(found).length > 0);
}

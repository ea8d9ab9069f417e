import { listTreeRecipients } from "../../../../db/queries/kernelci/notifications/subscriptions.ts";
import { withFooter } from "./phrases.ts";
import { mailText, plainText } from "./plain-text.ts";
import type { Action } from "./report.ts";

/** A mail that tries out the way mails go; to the recipients of a tree where one is named. */
export const fakeReport: Action = {
  listParts: async () => ["fake_report"],
  async find(db, part, { tree, subscriptions }) {
    return [
      {
        id: part,
        action: "fake_report",
        subject: "[IGNORE] Test report",
        text: () => mailText(withFooter(plainText`This mail tries out the way that reports are sent.`)),
        recipients: tree === undefined ? [] : await listTreeRecipients(db, { name: tree }, subscriptions),
      },
    ];
  },
};

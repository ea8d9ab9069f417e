import { decisionRoute } from "../http/decision-route.ts";

/** Rejects a site on review, which deletes it (contract sections 4 and 6). */
export const route = decisionRoute("reject", "site");

import { decisionRoute } from "../http/decision-route.ts";

/** Rejects a benchmark on review, which deletes it (contract sections 4 and 5). */
export const route = decisionRoute("reject", "benchmark");

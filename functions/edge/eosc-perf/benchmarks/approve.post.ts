import { decisionRoute } from "../http/decision-route.ts";

/** Approves a benchmark on review (contract sections 4 and 5). */
export const route = decisionRoute("approve", "benchmark");

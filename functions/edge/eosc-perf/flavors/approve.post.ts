import { decisionRoute } from "../http/decision-route.ts";

/** Approves a flavor on review (contract sections 4 and 6). */
export const route = decisionRoute("approve", "flavor");

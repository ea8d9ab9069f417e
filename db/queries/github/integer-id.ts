import * as z from "zod";

/** An id as answers show it; it need not fit a double. */
export const IntegerId = z.number().multipleOf(1);

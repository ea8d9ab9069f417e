import { z } from "@hono/zod-openapi";

/** Ids of batches are integers of PostgreSQL. */
const MAX_ID = 2 ** 31 - 1;

/** A batch's id in a body: a number, or its digits. Anything else names no batch. */
export const BatchId = z
  .unknown()
  .transform((given) => {
    const id = typeof given === "string" && /^\d{1,10}$/.test(given) ? Number(given) : given;
    return typeof id === "number" && Number.isInteger(id) && id >= 0 && id <= MAX_ID ? id : undefined;
  })
  .openapi({ type: "integer", minimum: 0, maximum: MAX_ID, description: "the batch's id" });

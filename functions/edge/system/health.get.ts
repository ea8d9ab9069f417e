import { z } from "@hono/zod-openapi";
import { anyone } from "../http/admin.ts";
import { defineRoute } from "../http/route.ts";

/** Whether the process answers; nothing else is touched. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/health",
    operationId: "getHealth",
    summary: "Is the process alive?",
    description: "Touches neither database nor queue.",
    tags: ["System"],
    responses: {
      200: {
        description: "it is",
        content: {
          "application/json": {
            schema: z.object({ status: z.literal("ok"), release: z.string().openapi({ example: "1.4.0" }) }),
          },
        },
      },
    },
  },
  access: anyone,
  handler: (c) => {
    c.header("cache-control", "no-store");
    return c.json({ status: "ok" as const, release: c.env.config.RELEASE }, 200);
  },
});

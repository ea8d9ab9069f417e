import * as z from "zod";

/** Whether /kernelci notifies by itself: a setting of the edge, whose cron trigger starts the jobs, and of the command. */
export const NOTIFICATIONS_SETTING = {
  KERNELCI_NOTIFICATIONS: z
    .enum(["on", "off"])
    .default("off")
    .describe("on: scheduled notifications run, and the command may send reports to subscribers"),
};

/** Where /kernelci posts what it noticed: a setting of the edge, which notices, and of the consumer, which posts. */
export const DISCORD_SETTING = {
  KERNELCI_DISCORD_WEBHOOK_URL: z
    .string()
    .default("")
    .transform((url) => url.trim() || undefined)
    .pipe(z.url({ protocol: /^https?$/ }).optional())
    .describe("secret: address of a Discord webhook that is told of failures; unset: nobody is"),
};

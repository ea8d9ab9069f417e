import type * as z from "zod";
import type { EOSC_PERF_SETTINGS } from "../eosc-perf/settings.ts";
import type { NOTIFICATION_SETTINGS } from "../kernelci/notifications/settings.ts";
import { mailProblems } from "./setting-types.ts";

type Settings = z.infer<z.ZodObject<typeof EOSC_PERF_SETTINGS & typeof NOTIFICATION_SETTINGS>>;

/** Checks that the settings of each mail server go together; for readers of the consumer's settings. */
export function mailSettingsFit({ value, issues }: z.core.ParsePayload<Settings>): void {
  const problems = [
    ...mailProblems("EOSC_PERF", {
      server: value.EOSC_PERF_MAIL_SERVER,
      from: value.EOSC_PERF_MAIL_FROM,
      tls: value.EOSC_PERF_MAIL_TLS,
      user: value.EOSC_PERF_MAIL_USER,
      password: value.EOSC_PERF_MAIL_PASSWORD,
    }),
    ...mailProblems("KERNELCI", {
      server: value.KERNELCI_MAIL_SERVER,
      from: value.KERNELCI_MAIL_FROM.address,
      tls: value.KERNELCI_MAIL_TLS,
      user: value.KERNELCI_MAIL_USER,
      password: value.KERNELCI_MAIL_PASSWORD,
    }),
  ];
  for (const { name, message } of problems) issues.push({ code: "custom", path: [name], message, input: value });
}

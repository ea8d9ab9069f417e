import * as z from "zod";
import { jsonSetting } from "../../formats/json-setting.ts";

const secretText = z.string().min(1);
const httpUrl = z.url({ protocol: /^https?$/ });

/** The runner that takes jobs of /qaboard: the first of these that is set. */
export const RUNNER_SETTINGS = {
  QABOARD_RUNNER_WEBHOOK_URL: httpUrl.optional().describe("runner: where jobs are posted to (Standard Webhooks)"),
  QABOARD_RUNNER_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{24,}$/, "must be whsec_ and base64")
    .optional()
    .describe("secret: signs what is posted there"),
  QABOARD_RUNNER_GITLAB: jsonSetting(
    z.object({ url: httpUrl, project: secretText, ref: secretText, token: secretText }),
  )
    .optional()
    .describe('secret, runner: JSON {"url", "project", "ref", "token"} of a GitLab pipeline trigger'),
  QABOARD_RUNNER_JENKINS: jsonSetting(
    z.object({ url: httpUrl, user: secretText, token: secretText, job_token: z.string().optional() }),
  )
    .optional()
    .describe(
      'secret, runner: JSON {"url", "user", "token", "job_token"} of a Jenkins job with a parameter QABOARD_JOB',
    ),
};

import * as z from "zod";
import { jsonSetting } from "../../../formats/json-setting.ts";

const secretText = z.string().min(1);

/** Settings of what /qaboard asks other systems, and of what it hands to runners. */
export const INTEGRATION_SETTINGS = {
  QABOARD_OUTBOUND_HOSTS: z
    .string()
    .default("")
    .transform((list) =>
      list
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .describe("hosts (name or name:port) that the proxies may ask, by commas; those with credentials below always are"),
  QABOARD_PUSH_TOKEN: secretText
    .optional()
    .describe(
      "secret: X-Gitlab-Token of the push webhook; unset: one that may write, or none while everyone may write",
    ),
  QABOARD_GITLAB_TOKENS: z
    .string()
    .default("{}")
    .pipe(jsonSetting(z.record(z.string(), secretText)))
    .describe('secret: JSON {"<host[:port]>": "<token>"} of the GitLabs whose jobs are shown and played'),
  QABOARD_GITLAB_AUTH: z
    .string()
    .default("{}")
    .pipe(
      jsonSetting(
        z.record(
          z.string(),
          z.object({ user: secretText, password: secretText, type: z.enum(["user", "ldap_user"]).default("user") }),
        ),
      ),
    )
    .describe(
      'secret: JSON {"<host[:port]>": {"user", "password", "type"}} of the GitLabs whose private badges and avatars are shown; type is user or ldap_user',
    ),
  QABOARD_JENKINS_AUTH: z
    .string()
    .default("{}")
    .pipe(
      jsonSetting(
        z.record(z.string(), z.object({ user: secretText, token: secretText, crumb: z.string().default("") })),
      ),
    )
    .describe('secret: JSON {"<host[:port]>": {"user", "token", "crumb"}} of the Jenkins servers'),
};

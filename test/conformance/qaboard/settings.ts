/** Where the stand-ins answer: for GitLab's jobs, Jenkins and webhook targets, and for the Git host. */
type StandIns = { stubPort: number; gitUrl: string };

/** Settings of the edge and the consumer that the recorded cases of QA-Board need. */
export function qaboardSettings({ stubPort, gitUrl }: StandIns): Record<string, string> {
  const stub = `127.0.0.1:${stubPort}`;
  return {
    QABOARD_OUTBOUND_HOSTS: stub,
    QABOARD_GITLAB_TOKENS: JSON.stringify({ [stub]: "a-token" }),
    QABOARD_JENKINS_AUTH: JSON.stringify({ [stub]: { user: "u", token: "t", crumb: "c" } }),
    QABOARD_GIT_URL: gitUrl,
  };
}

let fired = 0;

/** A Worker that tells what it was given and how often its cron trigger fired. */
export default {
  async fetch(request: Request, env: Record<string, string>): Promise<Response> {
    console.log(`echo ${new URL(request.url).pathname}`);
    return Response.json({ path: new URL(request.url).pathname, env, fired });
  },
  async scheduled(): Promise<void> {
    fired += 1;
  },
};

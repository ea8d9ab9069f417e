/** A job that runs every hour. */
export type Clock = { stop(): Promise<void> };

const HOUR_MS = 3_600_000;
/** Not at the full hour, when everybody asks everybody; as the Worker's cron trigger in wrangler.toml. */
const AFTER_THE_HOUR_MS = 7 * 60_000;

/** Runs a job every hour, never twice at a time. A failure is told and the job runs again an hour later. */
export function everyHour(job: () => Promise<void>, onFailure: (error: unknown) => void): Clock {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(tick, HOUR_MS - ((Date.now() - AFTER_THE_HOUR_MS) % HOUR_MS));
  };
  const tick = () => {
    running ??= job()
      .catch(onFailure)
      .finally(() => {
        running = undefined;
      });
    wait();
  };
  wait();
  return {
    async stop() {
      clearTimeout(timer);
      await running;
    },
  };
}

/** A job that runs at the start of every minute. */
export type Clock = { stop(): Promise<void> };

const MINUTE_MS = 60_000;

/** Runs a job every minute, never twice at a time. A failure is told and the job runs again at the next minute. */
export function everyMinute(job: () => Promise<void>, onFailure: (error: unknown) => void): Clock {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS));
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

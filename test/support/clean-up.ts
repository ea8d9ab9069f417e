/** When something is cleaned up: `onTestFinished`, or what `collectCleanUps` gives to a `beforeAll`. */
export type CleanUpAt = (cleanUp: () => void | Promise<void>) => void;

/** For a `beforeAll`: notes clean-ups, and does them in reverse order when the hook returns `cleanUp`. */
export function collectCleanUps(): { at: CleanUpAt; cleanUp: () => Promise<void> } {
  const noted: (() => void | Promise<void>)[] = [];
  return {
    at: (cleanUp) => void noted.push(cleanUp),
    async cleanUp() {
      for (const cleanUp of noted.toReversed()) await cleanUp();
    },
  };
}

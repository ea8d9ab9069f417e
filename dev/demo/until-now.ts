import type { RecordedRepository } from "../github-rest/recorded.ts";

const INSTANT = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?=\.\d{1,9}Z|Z)/g;
/** The newest thing recorded is to be so old, so that what the demo adds comes after it. */
const AGE_MS = 3_600_000;

/** Recorded repositories as if they had been recorded an hour before `now`: each instant in them is moved by the same time. */
export function untilNow(repositories: readonly RecordedRepository[], now = new Date()): RecordedRepository[] {
  const text = JSON.stringify(repositories);
  const newest = (text.match(INSTANT) ?? []).reduce((latest, instant) => (instant > latest ? instant : latest), "");
  const byMs = now.getTime() - AGE_MS - Date.parse(`${newest}Z`);
  const moved = text.replaceAll(INSTANT, (instant) =>
    new Date(Date.parse(`${instant}Z`) + byMs).toISOString().slice(0, 19),
  );
  // Only texts changed, each for one of the same form.
  return JSON.parse(moved) as RecordedRepository[];
}

/** Thrown when the runs of a group cannot be listed; the message says why, to the users of the web application. */
export class UnlistableTests extends Error {
  override name = "UnlistableTests";
}

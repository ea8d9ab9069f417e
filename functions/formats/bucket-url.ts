import * as z from "zod";
import { withoutTrailingSlashes } from "./trailing-slashes.ts";

/** A setting that names a bucket, which keys are added to behind a slash: those at its end are cut, or keys would begin with one. */
export function bucketUrl() {
  return z.url({ protocol: /^https?$/ }).transform(withoutTrailingSlashes);
}

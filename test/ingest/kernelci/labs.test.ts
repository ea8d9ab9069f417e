import { expect, test } from "vitest";
import { withLab } from "../../../functions/ingest/kernelci/labs.ts";

test.each([
  [undefined, { lab: "o" }],
  [{}, { lab: "o" }],
  [{ x: 1 }, { x: 1, lab: "o" }],
  [{ lab: null }, { lab: "o" }],
  [
    { lab: "real", x: 1 },
    { lab: "real", x: 1 },
  ],
  [{ lab: "shell" }, { lab: "o", automatic_lab: "shell" }],
  [{ lab: "k8s" }, { lab: "o", automatic_lab: "k8s" }],
  [{ lab: "k8s-east" }, { lab: "o", automatic_lab: "k8s-east" }],
  [{ lab: "shells" }, { lab: "shells" }],
  [{ lab: 7 }, { lab: 7 }],
])("%o becomes %o", (misc, wanted) => {
  expect(withLab(misc, "lab", "o")).toEqual(wanted);
});

import { createHash } from "node:crypto";
import { pythonJson } from "../formats/python-json.ts";

/** A name of a folder made of a text (QA-Board contract section 2.2). */
function slug(text: string, maxLength?: number): string {
  const lower = [...text.toLowerCase()];
  const cut = maxLength === undefined ? lower : lower.slice(0, maxLength - 1);
  return cut
    .map((sign) => (/[0-9a-z.=]/.test(sign) ? sign : "-"))
    .join("")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A name of a folder made of a label: short ones as they are, long ones as a sum and their end (QA-Board contract section 2.2). */
export function labelFolder(label: string, maxLength = 32): string {
  const signs = [...label];
  if (signs.length < maxLength) return slug(label, 32);
  const sum = createHash("md5").update(pythonJson(label)).digest("hex").slice(0, 8);
  return `${sum}-${slug(signs.slice(-(maxLength - 8)).join(""))}`;
}

/** An escape within the name of a pair. */
const ENCODED = /^[^=&]*%/;

/**
 * The first value of a field of a form (`application/x-www-form-urlencoded`), null when it has none. Other fields are passed
 * over and never decoded: a form of some megabytes may have a million of them.
 */
export function readFormField(form: string, name: string): string | null {
  for (let start = 0; start < form.length; ) {
    const next = form.indexOf("&", start);
    const end = next < 0 ? form.length : next;
    if (isNamed(form, start, end, name)) return new URLSearchParams(form.slice(start, end)).get(name);
    start = end + 1;
  }
  return null;
}

/** Whether the pair at a place has that name, which may be written percent-encoded. */
function isNamed(form: string, start: number, end: number, name: string): boolean {
  if (form.startsWith(name, start)) {
    const after = start + name.length;
    if (after === end || form[after] === "=") return true;
  }
  if (!ENCODED.test(form.slice(start, start + 3 * name.length))) return false;
  const [head = ""] = form.slice(start, Math.min(end, start + 3 * name.length + 1)).split("=", 1);
  return new URLSearchParams(head).has(name);
}

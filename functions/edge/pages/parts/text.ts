import { html } from "hono/html";
import type { Html } from "../respond.ts";

/** Characters that could disturb what stands around them: controls but tab and line feed, and those that turn the writing direction. */
const DISTURBING = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A text of a sender with every disturbing character made visible. */
export function visible(text: string): string {
  return text.replace(DISTURBING, (one) => (one === "\n" || one === "\t" ? one : "\ufffd"));
}

/** A sender's text, isolated from the direction of what stands around it; a long one is cut, with the whole at hand. */
export function told(text: string | null, longest = 120): Html {
  if (text === null || text === "") return html`<span class="none">none</span>`;
  const clean = visible(text);
  const characters = [...clean];
  if (characters.length <= longest) return html`<bdi>${clean}</bdi>`;
  return html`<bdi title="${clean}">${characters.slice(0, longest).join("")}…</bdi>`;
}

/** A link to an address of our own, or to a sender's when that is one of the web; otherwise the text alone. */
export function link(address: string | null, text: Html): Html {
  if (address === null) return text;
  if (/^\/(?!\/)/.test(address)) return html`<a href="${address}">${text}</a>`;
  if (!/^https?:\/\//i.test(address)) return text;
  return html`<a href="${address}" rel="noopener noreferrer nofollow">${text}</a>`;
}

/** An instant (ISO 8601 in UTC), as it is and for programs. */
export function instant(time: string | null): Html {
  if (time === null) return html`<span class="none">no time</span>`;
  return html`<time datetime="${time}">${time.replace("T", " ").replace("Z", " UTC")}</time>`;
}

/** A length of time with its units. */
export function duration(seconds: number | null): string {
  if (seconds === null || seconds < 0) return "–";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

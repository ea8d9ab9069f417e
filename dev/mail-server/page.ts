import { html } from "hono/html";

/** A mail that was taken; `source` is the message as it came. */
export type KeptMail = { at: string; messageId: string; to: string[]; subject: string; text: string; source: string };

/** The page that shows mails, newest first. */
export function mailPage(mails: readonly KeptMail[]): string {
  return String(html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Mails</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem; color: #222 }
article { border-top: 1px solid #ccc; padding: 1rem 0 }
h2 { font-size: 1.1rem; margin: 0 }
p { margin: 0; color: #666 }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
</style>
<h1>Mails</h1>
<p>What Runledger sent since it was started, newest first. Nothing left this machine. Load the page again for more.</p>
${mails.map(one)}
${mails.length === 0 ? html`<article>None yet.</article>` : ""}
</html>
`);
}

function one({ at, to, subject, text, source }: KeptMail) {
  return html`<article>
<h2>${subject}</h2>
<p>to ${to.join(", ")}, ${at}</p>
<pre>${text}</pre>
<details><summary>As it was sent</summary><pre>${source}</pre></details>
</article>`;
}

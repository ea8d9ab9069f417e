import { html } from "hono/html";
import type { Html } from "../respond.ts";
import { visible } from "./text.ts";

/** A whole page: head, the search box that all pages have, and what the page is about. */
export function layout(title: string, body: Html, searched = ""): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${visible(title)} · Runledger</title>
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<header>
<a class="home" href="/">Runledger</a>
<form action="/commits" method="get" role="search">
<label for="sha">Commit</label>
<input id="sha" name="sha" value="${searched}" maxlength="64" placeholder="at least 7 digits of its hash" autocomplete="off" spellcheck="false" required>
<button>Look up</button>
</form>
</header>
<main>
${body}
</main>
</body>
</html>`;
}

/** A page that only says something. */
export function messagePage(title: string, message: string, searched = ""): Html {
  return layout(title, html`<h1>${title}</h1><p>${message}</p>`, searched);
}

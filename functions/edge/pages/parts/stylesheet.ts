/** The one stylesheet of all pages: light and dark by the system's setting, for wide and narrow screens and for paper. */
export const STYLESHEET = `:root { color-scheme: light dark; --ink: #1b1f24; --dim: #57606a; --paper: #fff; --line: #d0d7de; --shade: #f6f8fa;
  --link: #0550ae; --good: #116329; --bad: #b3141d; --odd: #7a4b00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --dim: #9aa5b1; --paper: #0d1117; --line: #30363d; --shade: #161b22; --link: #79b8ff; --good: #56d364;
    --bad: #ff8a80; --odd: #e3b341; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .75rem 1rem;
  border-bottom: 1px solid var(--line); background: var(--shade); }
header .home { font-weight: 700; text-decoration: none; color: var(--ink); }
header form { display: flex; gap: .5rem; align-items: center; flex: 1 1 18rem; max-width: 40rem; }
input { flex: 1 1 8rem; min-width: 0; font: inherit; padding: .25rem .5rem; color: inherit; background: var(--paper); border: 1px solid var(--dim);
  border-radius: .25rem; }
button { font: inherit; padding: .25rem .75rem; color: inherit; background: var(--paper); border: 1px solid var(--dim); border-radius: .25rem; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.35rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; padding: .75rem; background: var(--shade); border: 1px solid var(--line); border-radius: .25rem; max-height: 20rem; overflow: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { white-space: nowrap; color: var(--dim); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
summary { cursor: pointer; padding: .25rem 0; }
.line { font-size: 1.05rem; font-weight: 600; }
.none, .dim { color: var(--dim); }
.verdict { font-weight: 600; white-space: nowrap; }
.pass { color: var(--good); }
.fail { color: var(--bad); }
.flaky, .error, .missing { color: var(--odd); }
@media print { header form { display: none; } details > * { display: block; } pre { max-height: none; } }
`;

// Plain JavaScript, so that a Node too old to run TypeScript gets a sentence instead of a stack trace.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(
    [
      `The embedded stack needs Node 24; this is Node ${process.versions.node}.`,
      "npm brings Node 24 with the project: use `npm ci` and `npm start`. If install scripts are turned off",
      "(ignore-scripts), run `npm rebuild node` once.",
    ].join("\n"),
  );
  process.exit(1);
}
await import("./start.ts");

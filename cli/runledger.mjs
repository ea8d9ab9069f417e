#!/usr/bin/env node
// Plain JavaScript, so that a Node too old to run TypeScript gets a sentence instead of a stack trace.
const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(
    `The commands need Node 24; this is Node ${process.versions.node}. npm brings Node 24 with the project: call them by \`npx runledger\` in its folder.`,
  );
  process.exit(1);
}
await import("./main.ts");

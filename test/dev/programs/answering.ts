/** Says that it is up after a moment, and from then on answers each message with what it was asked. */
setTimeout(() => {
  process.on("message", (asked) => process.send?.({ asked }));
  process.send?.("up");
}, 300);
process.on("disconnect", () => process.exit());
process.on("SIGTERM", () => process.exit());

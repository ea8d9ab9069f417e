import { join } from "node:path";
import { lambdaChild } from "../../../dev/consumer/child.ts";

/** A supervisor that keeps a consumer with the noting function, tells its process id and then does nothing. */
const note = join(import.meta.dirname, "..", "functions", "note.ts");
const env = Object.fromEntries(Object.entries(process.env).map(([name, value = ""]) => [name, value]));
const child = lambdaChild({ env, functions: { main: note, deadLetter: note }, onLog() {} });
await child.start();
console.log(child.pid);
setInterval(() => {}, 60_000);

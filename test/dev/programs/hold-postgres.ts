import { startPostgres } from "../../../dev/postgres.ts";

/** A supervisor that starts PostgreSQL in the folder it is given, tells its process id and then does nothing. */
const [dataDir = ""] = process.argv.slice(2);
const { pid } = await startPostgres({ dataDir, port: 0, durable: false });
console.log(pid);
setInterval(() => {}, 60_000);

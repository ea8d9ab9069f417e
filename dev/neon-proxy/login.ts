import type { Duplex } from "node:stream";
import { Client, DatabaseError } from "pg";
import { type FirstFlight, readFirstFlight } from "./first-flight.ts";

/**
 * Logs in at a server in the way that server asks for (SCRAM, MD5, TLS), with what the driver sent unasked, and tells
 * the driver that it is in. Returns the connection, ready for whatever comes next; undefined when there is none.
 */
export async function logIn(driver: Duplex, server: URL): Promise<Duplex | undefined> {
  try {
    const flight = await readFirstFlight(driver);
    const client = new Client({ connectionString: addressFor(server, flight).href });
    client.on("error", () => {});
    const told: Buffer[] = [message("R", int32(0))];
    client.connection.on("parameterStatus", ({ parameterName, parameterValue }: ParameterStatus) =>
      told.push(message("S", Buffer.from(`${parameterName}\0${parameterValue}\0`))),
    );
    client.connection.on("backendKeyData", ({ processID, secretKey }: BackendKeyData) =>
      told.push(message("K", Buffer.concat([int32(processID), int32(secretKey)]))),
    );
    await client.connect();
    const { stream } = client.connection;
    for (const event of ["data", "end", "close", "error"]) stream.removeAllListeners(event);
    driver.write(Buffer.concat([...told, message("Z", Buffer.from("I"))]));
    stream.write(flight.rest);
    return stream;
  } catch (error) {
    driver.end(refusal(error));
    return undefined;
  }
}

type ParameterStatus = { parameterName: string; parameterValue: string };
type BackendKeyData = { processID: number; secretKey: number };

/** The server's address and options, with the driver's account. */
function addressFor(server: URL, { user, password, database, applicationName }: FirstFlight): URL {
  const address = new URL(server);
  address.username = encodeURIComponent(user);
  address.password = encodeURIComponent(password);
  address.pathname = encodeURIComponent(database);
  if (applicationName !== "") address.searchParams.set("application_name", applicationName);
  return address;
}

/** An ErrorResponse: PostgreSQL's own words, or that it can't be reached (08001). */
function refusal(error: unknown): Buffer {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof DatabaseError ? (error.code ?? "XX000") : "08001";
  return message("E", Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`));
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A connection on which a test writes HTTP by hand. */
export type RawConnection = {
  socket: Socket;
  /** Everything received so far, as Latin-1 text. */
  received(): string;
  /** Resolves when the other side has closed, with the milliseconds since the connection was opened. */
  closed: Promise<number>;
};

/** Opens a connection to the host of a URL. */
export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
  });
  socket.on("error", () => {});
  await once(socket, "connect");
  const opened = performance.now();
  return {
    socket,
    received: () => text,
    closed: new Promise((resolve) => {
      socket.once("close", () => resolve(performance.now() - opened));
    }),
  };
}

/** Writes a text and returns all that is answered until the other side closes, or falls silent after an answer. */
export async function talk(url: string, text: string | Uint8Array): Promise<string> {
  const { socket, received } = await openRaw(url);
  socket.write(text);
  let seen = 0;
  while (!socket.closed && (seen === 0 || received().length > seen)) {
    seen = received().length;
    await sleep(300);
  }
  socket.destroy();
  return received();
}

/** The status lines in an answer written by hand. */
export const statuses = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

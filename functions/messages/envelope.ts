import * as z from "zod";
import { escapeNonAscii } from "../formats/ascii-json.ts";

/** Where the original bytes are: inside the message, or in the object store (claim check). Both are gzipped. */
const Body = z.discriminatedUnion("at", [
  z.strictObject({ at: z.literal("inline"), base64: z.string() }),
  z.strictObject({
    at: z.literal("store"),
    objectKey: z
      .string()
      .regex(/^raw\/[a-z0-9/-]+\.gz$/)
      .max(300),
    packedBytes: z.int().nonnegative().optional().describe("length of the stored object"),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe("of the stored object; both are missing where it was stored as a stream, and from replays"),
  }),
]);

const ascii = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\x20-\x7e]*$/);

/** What crosses the queue, version 1: one received delivery, unread, with what receipt knows of it. */
const EnvelopeV1 = z.strictObject({
  v: z.literal(1),
  receiptId: z.uuid().describe("UUID v7 made at the edge; its order is the order of arrival"),
  source: z.string().regex(/^[a-z][a-z-]{0,30}$/),
  kind: z.string().regex(/^[a-z][a-z-]{0,30}$/),
  key: ascii(200).min(1).describe("idempotency key within the source"),
  event: ascii(100).describe("the sender's own name for what happened"),
  receivedAt: z.iso.datetime({ precision: 3 }),
  trace: ascii(100).describe("request id of the receipt; every log line carries it"),
  contentType: ascii(200),
  sizeBytes: z.int().nonnegative().describe("of the original body"),
  replay: z.int().nonnegative().default(0).describe("0 for a delivery, n for its nth replay"),
  body: Body,
});

export type Envelope = z.infer<typeof EnvelopeV1>;
export type EnvelopeBody = z.infer<typeof Body>;

const Versioned = z.looseObject({ v: z.unknown() });

/** The result of reading a queue message: an envelope, or why it is none. */
export type ParsedEnvelope = { ok: true; envelope: Envelope } | { ok: false; reason: string };

/** Parses a queue message; a message of another version or shape is refused with a reason, never guessed at. */
export function parseEnvelope(text: string): ParsedEnvelope {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: "the message is not JSON" };
  }
  const version = Versioned.safeParse(value);
  if (!version.success) return { ok: false, reason: "the message has no version" };
  if (version.data.v !== 1)
    return { ok: false, reason: `message version ${JSON.stringify(version.data.v)} is unknown` };
  const parsed = EnvelopeV1.safeParse(value);
  if (parsed.success) return { ok: true, envelope: parsed.data };
  const [first] = parsed.error.issues;
  return { ok: false, reason: `not an envelope: ${first?.path.join(".")}: ${first?.message}` };
}

const Head = EnvelopeV1.pick({
  receiptId: true,
  source: true,
  key: true,
  event: true,
  receivedAt: true,
  trace: true,
}).strip();

/** What a message of any version says of its delivery, when it says it as version 1 does; undefined for anything else. */
export function headOf(text: string): z.infer<typeof Head> | undefined {
  try {
    return Head.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The message of an envelope; ASCII, since queues refuse some characters and limits count bytes. */
export function serialiseEnvelope(envelope: Envelope): string {
  return escapeNonAscii(JSON.stringify(envelope));
}

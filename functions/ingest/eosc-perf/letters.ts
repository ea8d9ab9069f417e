import * as z from "zod";
import type { Mail } from "../../../db/upserts/ledger/outbox.ts";

const Resource = z.object({ kind: z.enum(["benchmark", "site", "flavor", "claim"]), id: z.uuid() });
const Claimed = z.object({ id: z.uuid(), claim: z.uuid() });

/** A mail's own part: subject, text, and headers by which programs find what it is about. */
export type Text = { subject: string; text: string; headers: Record<string, string>; copyToSupport: boolean };

type Said = { subject: string; sentences: readonly string[]; headers?: Record<string, string> };

/** What a mail of /eosc-perf says (contract section 12); undefined for an event that this release does not know. */
export function textOfMail({ event, about }: Pick<Mail, "event" | "about">): Text | undefined {
  const said = SAYINGS[event]?.(about);
  if (said === undefined) return undefined;
  const { subject, sentences, headers = {} } = said;
  const text = ["Dear user,", ...sentences, "Thank you for using our services.", "The support team"].join("\n\n");
  return { subject, text: `${text}\n`, headers, copyToSupport: Object.keys(headers).length > 0 };
}

const SAYINGS: Readonly<Record<string, (about: Mail["about"]) => Said | undefined>> = {
  registered: () => ({
    subject: "Thank you for registering",
    sentences: ["You are now registered and may submit benchmarks, sites, flavors and results."],
  }),
  updated: () => ({
    subject: "Your user information was updated",
    sentences: ["From now on we write to this address."],
  }),
  submitted: ofResource(({ kind, id }) => ({
    subject: `New ${kind} resource submitted: ${id}`,
    sentences: [`Your ${kind} with the id ${id} was submitted.`, "We will tell you what the review decides."],
  })),
  approved: ofResource(({ kind, id }) => ({
    subject: `Resource approved: ${id}`,
    sentences: [`Your ${kind} with the id ${id} was reviewed and approved.`],
  })),
  rejected: ofResource(({ kind, id }) => ({
    subject: `Resource rejected: ${id}`,
    sentences: [`Your ${kind} with the id ${id} was reviewed and rejected, and is deleted.`],
  })),
  claimed: ofClaim(({ id, claim }) => ({
    subject: `Claim submitted on result: ${id}`,
    sentences: [
      `Somebody claims that your result with the id ${id} is wrong: claim ${claim}.`,
      "The result is hidden until the claim is decided.",
    ],
    headers: { "Result-ID": id, "Claim-ID": claim },
  })),
  restored: ofClaim(({ id, claim }) => ({
    subject: `Result restored: ${id}`,
    sentences: [`The claim ${claim} on your result with the id ${id} was rejected, and the result is shown again.`],
    headers: { "Result-ID": id },
  })),
};

function ofResource(say: (about: z.infer<typeof Resource>) => Said) {
  return (about: Mail["about"]) => {
    const { data } = Resource.safeParse(about);
    return data && { headers: { "Resource-ID": data.id }, ...say(data) };
  };
}

function ofClaim(say: (about: z.infer<typeof Claimed>) => Said) {
  return (about: Mail["about"]) => {
    const { data } = Claimed.safeParse(about);
    return data && say(data);
  };
}

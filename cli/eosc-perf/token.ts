import * as z from "zod";
import { LocalIdentity, mintToken, PEOPLE } from "../../dev/identities.ts";
import { issuerUrl } from "../../dev/issuer.ts";
import { readSettings } from "../../dev/settings.ts";
import { defineVerb, UsageError } from "../verb.ts";

/** The person of a name, or the one described as JSON. */
function parseIdentity(given: string): LocalIdentity {
  const person = PEOPLE[given];
  if (person !== undefined) return person;
  if (!given.startsWith("{"))
    throw new UsageError(`Nobody is called ${given}: ${Object.keys(PEOPLE).join(", ")}, or an identity as JSON.`);
  const parsed = LocalIdentity.safeParse(parseJson(given));
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError("The identity is not JSON.");
  }
}

/** Prints a token of the embedded issuer, which vouches for whoever is asked for. */
export const token = defineVerb({
  name: "token",
  summary: "print a token of the embedded OpenID Connect issuer",
  description:
    'An identity as JSON, for example: {"sub": "me", "email": "me@example.org", "email_verified": true, "entitlements": []}',
  argument: ["[person]", `${Object.keys(PEOPLE).join(", ")}, or an identity as JSON (default: user)`],
  values: z.object({ argument: z.string().default("user") }),
  async run({ argument }, output) {
    const { dataDir, ports } = readSettings(process.env);
    const minted = await mintToken(dataDir, issuerUrl(ports.issuer), parseIdentity(argument));
    output.result({ token: minted }, minted);
  },
});

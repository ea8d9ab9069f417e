import { LocalIdentity, mintToken, PEOPLE } from "./identities.ts";
import { issuerUrl } from "./issuer.ts";
import { readSettings } from "./settings.ts";

/*
 * Prints a token of the embedded issuer: npm run -s token -- user|other|admin|submit, or an identity as JSON, for
 * example '{"sub": "me", "email": "me@example.org", "email_verified": true, "entitlements": []}'.
 */
const [asked = "user"] = process.argv.slice(2);

/** The person of a name, or the one described; throws what is wrong in one sentence. */
function identityOf(asked: string): LocalIdentity {
  const person = PEOPLE[asked];
  if (person !== undefined) return person;
  if (!asked.startsWith("{")) throw new Error(`Nobody is called ${asked}: ${Object.keys(PEOPLE).join(", ")}, or JSON.`);
  const parsed = LocalIdentity.safeParse(JSON.parse(asked));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

try {
  const { dataDir, ports } = readSettings(process.env);
  console.log(await mintToken(dataDir, issuerUrl(ports.issuer), identityOf(asked)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/** Where a login form is sent to, and the token that goes with it. */
export type LoginForm = { action: string; token: string };

const MAX_FORMS = 20;
const ACTIONS: Readonly<Record<"user" | "ldap_user", RegExp>> = {
  user: /^\/users\/sign_in$/,
  ldap_user: /^\/users\/auth\/[\w-]{1,100}\/callback$/,
};

/** GitLab's login form in a page: the one for its own users, or the one of LDAP. */
export function findLoginForm(page: string, type: "user" | "ldap_user"): LoginForm | undefined {
  for (const form of page.split("<form").slice(1, MAX_FORMS)) {
    const inside = form.split("</form", 1)[0] ?? "";
    const tags = inside.split("<").map((tag) => tag.split(">", 1)[0] ?? "");
    const action = attribute(tags[0] ?? "", "action");
    const field = tags.find((tag) => attribute(tag, "name") === "authenticity_token");
    const token = field === undefined ? undefined : attribute(field, "value");
    if (action !== undefined && token !== undefined && ACTIONS[type].test(action)) return { action, token };
  }
  return undefined;
}

/** An attribute of a tag as it stands there; tokens and paths hold nothing that HTML escapes. */
function attribute(tag: string, name: string): string | undefined {
  const before = ` ${name}="`;
  const at = tag.indexOf(before);
  return at < 0 ? undefined : tag.slice(at + before.length).split('"', 1)[0];
}

import { type LookupAddress, type LookupAllOptions, lookup } from "node:dns";
import { lookup as lookupAll } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import { type AddressPolicy, mayLeadTo, resolveNamesBy } from "./address.ts";
import { connectBy } from "./allowed-fetch.ts";

type Look = (
  name: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Under Node, has names of allow-lists looked up, and their addresses checked once more by the connection itself: what a
 * name leads to may change between the two.
 */
export function checkConnections(look: Look = lookup): void {
  const agents = { public: agentOf("public", look), private: agentOf("private", look) };
  resolveNamesBy(async (name) => (await lookupAll(name, { all: true })).map(({ address }) => address));
  connectBy((policy) => ({ dispatcher: agents[policy] }));
}

function agentOf(policy: AddressPolicy, look: Look): Agent {
  const checked: LookupFunction = (name, options, done) => {
    look(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => mayLeadTo(name, address, policy)))
        return done(Object.assign(new Error(`${name} leads to an address that may not be asked`)), []);
      return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
  return new Agent({ connect: { lookup: checked } });
}

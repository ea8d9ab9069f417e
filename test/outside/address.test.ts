import { expect, test } from "vitest";
import { isReachable, mayLeadTo } from "../../functions/outside/address.ts";

const leadsTo =
  (...addresses: string[]) =>
  async () =>
    addresses;

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.16.5.4",
  "192.168.1.1",
  "100.64.0.1",
  "169.254.169.254",
  "0.0.0.0",
  "255.255.255.255",
  "224.0.0.1",
  "::1",
  "::",
  "fe80::1",
  "fd00:ec2::254",
  "::ffff:169.254.169.254",
  "::ffff:10.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "2002:a9fe:a9fe::1",
])("a public name that resolves to %s is not reached", async (address) => {
  expect(await isReachable("files.kernelci.org", "public", leadsTo(address))).toBe(false);
});

test("one private address among public ones is enough", async () => {
  expect(await isReachable("files.kernelci.org", "public", leadsTo("93.184.216.34", "10.0.0.1"))).toBe(false);
});

test.each(["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])("%s is reached", async (address) => {
  expect(await isReachable("files.kernelci.org", "public", leadsTo(address))).toBe(true);
});

test("a name without addresses is not reached", async () => {
  expect(await isReachable("files.kernelci.org", "public", leadsTo())).toBe(false);
});

test("a name that cannot be looked up is not reached", async () => {
  expect(await isReachable("files.kernelci.org", "public", () => Promise.reject(new Error("ENOTFOUND")))).toBe(false);
});

test("a private network is reached where names may lead there", async () => {
  expect(await isReachable("gitlab.intranet", "private", leadsTo("10.0.0.1"))).toBe(true);
});

test.each(["169.254.169.254", "127.0.0.1", "::1", "64:ff9b::a9fe:a9fe"])("%s is not reached even there", (address) => {
  expect(mayLeadTo("gitlab.intranet", address, "private")).toBe(false);
});

test("only a name that says so leads to this machine", () => {
  expect(mayLeadTo("logs.localhost", "127.0.0.1", "public")).toBe(true);
  expect(mayLeadTo("localhost.example.org", "127.0.0.1", "private")).toBe(false);
});

import { expect, test } from "vitest";
import { isLogHost, logHosts } from "../../../functions/edge/kernelci/logs/log-hosts.ts";

const isListed = (list: string | undefined, url: string) => isLogHost(logHosts.parse(list), new URL(url));

test.each([
  "https://files.kernelci.org/log.txt",
  "http://a.b.kernelci.org/log.txt",
  "https://FILES.kernelci.org:8443/log.txt",
  "https://syzkaller.appspot.com/x",
  "https://s3.amazonaws.com/arr-cki-prod-trusted-artifacts/log.txt",
])("%s is on the contract's list", (url) => {
  expect(isListed(undefined, url)).toBe(true);
});

test.each([
  "https://kernelci.org/",
  "https://xkernelci.org/",
  "https://files.kernelci.org.example.com/",
  "https://s3.amazonaws.com/other/",
  "https://a.storage.tuxsuite.com/",
])("%s is not", (url) => {
  expect(isListed(undefined, url)).toBe(false);
});

test("an entry with a port means that port alone", () => {
  expect(isListed("logs.example:8080", "http://logs.example:8080/")).toBe(true);
  expect(isListed("logs.example:8080", "http://logs.example/")).toBe(false);
  expect(isListed("[::1]:8080", "http://[::1]:8080/")).toBe(true);
});

test("an entry without a port means all", () => {
  expect(isListed("logs.example", "http://logs.example:8080/")).toBe(true);
});

test.each(["a*.example.org", "user@example.org", "example.org:x", "*"])("%s is no entry", (entry) => {
  expect(logHosts.safeParse(entry).success).toBe(false);
});

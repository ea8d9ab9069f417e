import { expect, test } from "vitest";
import { addressKey, lastAddress } from "../../../functions/edge/http/caller-address.ts";
import { tokenBuckets } from "../../../functions/edge/http/rate-limiter.ts";

/** Buckets of ten requests a minute, on a clock that stands. */
function buckets() {
  const clock = { now: 1_000 };
  return { clock, ...tokenBuckets(10, () => clock.now) };
}

test("a full bucket allows a minute's requests at once, and says when the next one may come", async () => {
  const { take, clock } = buckets();
  for (let i = 0; i < 10; i += 1) expect(await take("a")).toEqual({ allowed: true });
  expect(await take("a")).toEqual({ allowed: false, retryAfterSeconds: 6 });
  clock.now += 5_999;
  expect(await take("a")).toEqual({ allowed: false, retryAfterSeconds: 1 });
  clock.now += 1;
  expect(await take("a")).toEqual({ allowed: true });
});

test("a bucket never holds more than a minute's requests, and each key has its own", async () => {
  const { take, clock } = buckets();
  for (let i = 0; i < 10; i += 1) await take("a");
  expect(await take("b")).toEqual({ allowed: true });
  clock.now += 3_600_000;
  for (let i = 0; i < 10; i += 1) expect(await take("a")).toEqual({ allowed: true });
  expect(await take("a")).toMatchObject({ allowed: false });
});

test("of very many keys the one not seen for longest is forgotten first", async () => {
  const { take } = buckets();
  for (let i = 0; i < 11; i += 1) await take("old");
  for (let i = 0; i < 11; i += 1) await take("kept");
  for (let i = 0; i < 49_999; i += 1) await take(`key ${i}`);
  expect(await take("kept")).toMatchObject({ allowed: false });
  expect(await take("old")).toEqual({ allowed: true });
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::", "2001:db8:1:2::/64"],
  ["2001:db8::6", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["nonsense", "unknown"],
  ["", "unknown"],
])("requests from %j count under %j", (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test("of the addresses in a header only the last was written by the proxy", () => {
  expect(lastAddress("evil, 192.0.2.7 , 198.51.100.1")).toBe("198.51.100.1");
  expect(lastAddress(null)).toBeUndefined();
});

import { AwsV4Signer } from "aws4fetch";
import { describe, expect, test } from "vitest";
import { SyncAwsV4Signer } from "../../functions/outside/s3-signer.ts";

const ACCOUNT = { region: "eu-central-1", accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI", service: "s3" };
const DATE = "20260102T030405Z";

describe("Signature Version 4 computed at once", () => {
  test.each([
    ["PUT", "https://b.s3.eu-central-1.amazonaws.com/raw/github/2026/01/02/a%20b.gz", undefined],
    ["GET", "http://127.0.0.1:9000/runledger/raw/x?partNumber=2&uploadId=a%2Fb%3D", "token/with+signs="],
    ["DELETE", "https://example.com/k/%C3%A9?uploadId=1", undefined],
  ])("equals the library's own for %s %s", async (method, url, sessionToken) => {
    const request = { ...ACCOUNT, method, url, datetime: DATE, ...(sessionToken ? { sessionToken } : {}) };
    const cache = new Map<string, ArrayBuffer>();
    const expected = await new AwsV4Signer(request).sign();
    for (const signer of [new SyncAwsV4Signer({ ...request, cache }), new SyncAwsV4Signer({ ...request, cache })]) {
      const signed = await signer.sign();
      expect([...signed.headers]).toEqual([...expected.headers]);
      expect(signed.url.href).toBe(expected.url.href);
    }
    expect(cache.size).toBe(1);
  });

  test("another day has another key", async () => {
    const cache = new Map<string, ArrayBuffer>();
    for (const datetime of [DATE, "20260103T030405Z"]) {
      const request = { ...ACCOUNT, method: "GET", url: "https://example.com/k", datetime };
      const signed = await new SyncAwsV4Signer({ ...request, cache }).sign();
      const expected = await new AwsV4Signer(request).sign();
      expect(signed.headers.get("authorization")).toBe(expected.headers.get("authorization"));
    }
    expect(cache.size).toBe(2);
  });
});

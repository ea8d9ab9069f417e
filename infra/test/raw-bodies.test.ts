import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { rawObjectKey } from "../../functions/messages/claim-check.ts";
import { logExcerptKey } from "../../functions/messages/log-excerpt.ts";
import { onlyResource, template } from "./synthesised.ts";

const bucket = onlyResource("AWS::S3::Bucket", "RawBodies");

test("raw bodies expire after the retention parameter, unfinished uploads after a day", () => {
  assert.deepEqual(bucket.properties.LifecycleConfiguration, {
    Rules: [
      { Id: "expire-raw-bodies", Prefix: "raw/", ExpirationInDays: { Ref: "RawRetentionDays" }, Status: "Enabled" },
      {
        Id: "abort-unfinished-uploads",
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Status: "Enabled",
      },
    ],
  });
});

test("log excerpts do not expire, since rows name them", () => {
  const rules = JSON.stringify(bucket.properties.LifecycleConfiguration);
  assert.ok(!rules.includes(logExcerptKey("sum").slice(0, "logexcerpt/".length)));
});

test("files do not expire", () => {
  assert.ok(!JSON.stringify(bucket.properties.LifecycleConfiguration).includes("files"));
});

test("the lifecycle's prefix is the one under which bodies are stored", () => {
  assert.ok(rawObjectKey("github", "id", "2026-01-02T00:00:00.000Z").startsWith("raw/"));
});

test("retention is 30 days unless set, and never shorter than a message can live", () => {
  template.hasParameter("RawRetentionDays", { Type: "Number", Default: 30, MinValue: 18 });
  const deadLetters = onlyResource("AWS::SQS::Queue", "DeliveriesDeadLetters");
  assert.ok(18 * 86_400 > Number(deadLetters.properties.MessageRetentionPeriod));
});

test("the bucket is private, encrypted, TLS only, and outlives the stack", () => {
  template.hasResource("AWS::S3::Bucket", {
    DeletionPolicy: "Retain",
    UpdateReplacePolicy: "Retain",
    Properties: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      BucketEncryption: Match.anyValue(),
    },
  });
  template.hasResourceProperties("AWS::S3::BucketPolicy", {
    Bucket: { Ref: bucket.id },
    PolicyDocument: {
      Statement: [
        Match.objectLike({
          Action: "s3:*",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      ],
    },
  });
});

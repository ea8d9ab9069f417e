import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { onlyResource, template } from "./synthesised.ts";

const DAY = 86_400;
const queue = onlyResource("AWS::SQS::Queue", "DeliveriesQueue");
const deadLetters = onlyResource("AWS::SQS::Queue", "DeliveriesDeadLetters");

test("there are two queues, neither of them FIFO", () => {
  template.resourceCountIs("AWS::SQS::Queue", 2);
  assert.equal(queue.properties.FifoQueue, undefined);
});

test("the queue keeps deliveries 4 days and gives them up after 8 receives", () => {
  assert.equal(queue.properties.MessageRetentionPeriod, 4 * DAY);
  assert.deepEqual(queue.properties.RedrivePolicy, {
    deadLetterTargetArn: { "Fn::GetAtt": [deadLetters.id, "Arn"] },
    maxReceiveCount: 8,
  });
});

test("the dead-letter queue keeps them 14 days and gives nothing up", () => {
  assert.equal(deadLetters.properties.MessageRetentionPeriod, 14 * DAY);
  assert.equal(deadLetters.properties.RedrivePolicy, undefined);
});

test("both queues are encrypted and refuse requests without TLS", () => {
  for (const { id, properties } of [queue, deadLetters]) {
    assert.equal(properties.SqsManagedSseEnabled, true);
    template.hasResourceProperties("AWS::SQS::QueuePolicy", {
      Queues: [{ Ref: id }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: "sqs:*",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          }),
        ]),
      },
    });
  }
});

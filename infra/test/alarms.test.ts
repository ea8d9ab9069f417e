import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import { onlyResource, template } from "./synthesised.ts";

const nameOf = (type: string, idPrefix: string) => ({ "Fn::GetAtt": [onlyResource(type, idPrefix).id, "QueueName"] });
const queue = [{ Name: "QueueName", Value: nameOf("AWS::SQS::Queue", "DeliveriesQueue") }];
const deadLetters = [{ Name: "QueueName", Value: nameOf("AWS::SQS::Queue", "DeliveriesDeadLetters") }];
const functionOf = (idPrefix: string) => [
  { Name: "FunctionName", Value: { Ref: onlyResource("AWS::Lambda::Function", idPrefix).id } },
];

const watches = [
  { MetricName: "ApproximateAgeOfOldestMessage", Dimensions: queue, Threshold: 600, Statistic: "Maximum" },
  { MetricName: "NumberOfMessagesReceived", Dimensions: deadLetters, Threshold: 1, Statistic: "Sum" },
  { MetricName: "ApproximateAgeOfOldestMessage", Dimensions: deadLetters, Threshold: 900, Statistic: "Maximum" },
  { MetricName: "DeadRows", Namespace: "Runledger", Threshold: 1, Statistic: "Sum" },
  { MetricName: "Errors", Dimensions: functionOf("ConsumerFunction"), Threshold: 1, Statistic: "Sum" },
  { MetricName: "Throttles", Dimensions: functionOf("ConsumerFunction"), Threshold: 1, Statistic: "Sum" },
  { MetricName: "Errors", Dimensions: functionOf("DeadLetterConsumerFunction"), Threshold: 1, Statistic: "Sum" },
];

for (const [i, watch] of watches.entries()) {
  test(`alarm ${i + 1} of ${watches.length}: ${watch.MetricName} from ${watch.Threshold}, told when it starts and ends`, () => {
    const topic = { Ref: onlyResource("AWS::SNS::Topic", "AlarmTopic").id };
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      ...watch,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
      AlarmActions: [topic],
      OKActions: [topic],
    });
  });
}

test("there is no alarm beside these", () => {
  template.resourceCountIs("AWS::CloudWatch::Alarm", watches.length);
});

test("dead rows are counted from the dead-letter consumer's log lines", () => {
  template.hasResourceProperties("AWS::Logs::MetricFilter", {
    FilterPattern: '{ $.event = "dead" }',
    LogGroupName: { Ref: onlyResource("AWS::Logs::LogGroup", "DeadLetterConsumerLogs").id },
    MetricTransformations: [{ MetricNamespace: "Runledger", MetricName: "DeadRows", MetricValue: "1" }],
  });
});

test("alarms of this account may publish, and only over TLS", () => {
  template.hasResourceProperties("AWS::SNS::TopicPolicy", {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        Match.objectLike({
          Effect: "Allow",
          Action: "sns:Publish",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Condition: Match.objectLike({ StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } }),
        }),
      ],
    },
  });
});

test("an address is subscribed only when one is given", () => {
  const { text } = onlyResource("AWS::SNS::Subscription", "AlarmTopicEmail");
  const [[condition, expression] = []] = Object.entries(template.findConditions("*")).filter(([id]) =>
    text.includes(id),
  );
  assert.ok(condition?.startsWith("AlarmTopicEmailWanted"));
  assert.deepEqual(expression, { "Fn::Not": [{ "Fn::Equals": [{ Ref: "AlarmEmail" }, ""] }] });
  template.hasParameter("AlarmEmail", { Default: "" });
});

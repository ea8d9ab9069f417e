import assert from "node:assert/strict";
import { test } from "node:test";
import { Match } from "aws-cdk-lib/assertions";
import * as z from "zod";
import { onlyResource, type Resource, template } from "./synthesised.ts";

const pairs = [
  { name: "Consumer", source: "DeliveriesQueue", timeout: 300, batch: 50, window: 1, concurrency: 10 },
  {
    name: "DeadLetterConsumer",
    source: "DeliveriesDeadLetters",
    timeout: 30,
    batch: 10,
    window: undefined,
    concurrency: 2,
  },
] as const;

function partsOf({ name, source }: (typeof pairs)[number]) {
  const handler = onlyResource("AWS::Lambda::Function", `${name}Function`);
  const mapping = onlyResource("AWS::Lambda::EventSourceMapping", `${name}Function`);
  return { handler, mapping, queue: onlyResource("AWS::SQS::Queue", source) };
}

const Environment = z.object({ Variables: z.looseObject({ NODE_OPTIONS: z.string() }) });

const numberOf = ({ properties }: Resource, name: string) => Number(properties[name] ?? 0);

test("the stack has these two functions and no other", () => {
  template.resourceCountIs("AWS::Lambda::Function", pairs.length);
  template.resourceCountIs("AWS::Lambda::EventSourceMapping", pairs.length);
});

for (const pair of pairs) {
  const { handler, mapping, queue } = partsOf(pair);

  test(`${pair.name} reads its own queue in batches and reports partial failures`, () => {
    assert.deepEqual(mapping.properties, {
      EventSourceArn: { "Fn::GetAtt": [queue.id, "Arn"] },
      FunctionName: { Ref: handler.id },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BatchSize: pair.batch,
      ScalingConfig: { MaximumConcurrency: pair.concurrency },
      ...(pair.window === undefined ? {} : { MaximumBatchingWindowInSeconds: pair.window }),
    });
  });

  test(`${pair.name}: visibility is at least six timeouts and the window, which is at most 5 s`, () => {
    const timeout = numberOf(handler, "Timeout");
    const window = numberOf(mapping, "MaximumBatchingWindowInSeconds");
    assert.equal(timeout, pair.timeout);
    assert.ok(window <= 5);
    assert.ok(numberOf(queue, "VisibilityTimeout") >= 6 * timeout + window);
  });

  test(`${pair.name}: no flag of Node takes the place of the reading thread's limit of memory`, () => {
    const { Variables } = Environment.parse(handler.properties.Environment);
    assert.equal(Variables.NODE_OPTIONS, "--enable-source-maps");
  });

  test(`${pair.name} runs on Node 24 and logs to a group of its own that forgets after a month`, () => {
    assert.equal(handler.properties.Runtime, "nodejs24.x");
    const group = onlyResource("AWS::Logs::LogGroup", `${pair.name}Logs`);
    assert.equal(group.properties.RetentionInDays, 30);
    // The dead rows are counted by a filter on whole JSON lines, which Lambda's own JSON format would wrap.
    template.hasResourceProperties("AWS::Lambda::Function", {
      Description: handler.properties.Description,
      LoggingConfig: { LogFormat: "Text", LogGroup: { Ref: group.id } },
    });
  });

  test(`${pair.name} gets the database URL by reference, resolved when the stack is deployed`, () => {
    template.hasResourceProperties("AWS::Lambda::Function", {
      Description: handler.properties.Description,
      Environment: {
        Variables: Match.objectLike({
          DATABASE_URL: {
            "Fn::Join": [
              "",
              [
                "{{resolve:secretsmanager:",
                { Ref: "ConsumerSettings" },
                ":SecretString:DATABASE_URL::",
                { Ref: "ConsumerSettingsVersion" },
                "}}",
              ],
            ],
          },
        }),
      },
    });
  });

  test(`${pair.name} gets the mail password by reference, and only where a user is named`, () => {
    const password = {
      "Fn::If": ["MailLogsIn", { "Fn::Join": Match.arrayWith([Match.arrayWith(["{{resolve:secretsmanager:"])]) }, ""],
    };
    template.hasResourceProperties("AWS::Lambda::Function", {
      Description: handler.properties.Description,
      Environment: { Variables: Match.objectLike({ EOSC_PERF_MAIL_PASSWORD: password }) },
    });
    template.hasCondition("MailLogsIn", { "Fn::Not": [{ "Fn::Equals": [{ Ref: "MailUser" }, ""] }] });
  });
}

for (const [setting, condition] of [
  ["GITHUB_TOKEN", "HoldsGithubToken"],
  ["GITHUB_APP_PRIVATE_KEY", "HoldsGithubAppKey"],
] as const) {
  test(`${setting} is a reference too, looked for only when the secret holds it, and the consumer's alone`, () => {
    const { handler } = partsOf(pairs[0]);
    const reference = Match.objectLike({
      "Fn::Join": Match.arrayWith([Match.arrayWith([Match.stringLikeRegexp(`^:SecretString:${setting}::$`)])]),
    });
    template.hasResourceProperties("AWS::Lambda::Function", {
      Description: handler.properties.Description,
      Environment: { Variables: Match.objectLike({ [setting]: { "Fn::If": [condition, reference, ""] } }) },
    });
    template.hasResourceProperties("AWS::Lambda::Function", {
      Description: partsOf(pairs[1]).handler.properties.Description,
      Environment: { Variables: Match.objectLike({ [setting]: Match.absent() }) },
    });
  });
}

test("Consumer: a quarter of the memory is left for what is not on the heap of its reading thread", () => {
  const handler = onlyResource("AWS::Lambda::Function", "ConsumerFunction");
  const { Variables } = Environment.parse(handler.properties.Environment);
  const heap = Number(Variables.READ_MEMORY_MB);
  assert.ok(heap > 1_024 && heap <= 0.75 * numberOf(handler, "MemorySize"));
});

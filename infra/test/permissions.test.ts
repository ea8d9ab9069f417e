import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import { onlyResource, template } from "./synthesised.ts";

const arnOf = (type: string, idPrefix: string) => ({ "Fn::GetAtt": [onlyResource(type, idPrefix).id, "Arn"] });
const queue = arnOf("AWS::SQS::Queue", "DeliveriesQueue");
const deadLetters = arnOf("AWS::SQS::Queue", "DeliveriesDeadLetters");
const bucket = arnOf("AWS::S3::Bucket", "RawBodies");
const bodies = { "Fn::Join": ["", [bucket, "/raw/*"]] };

const excerpts = { "Fn::Join": ["", [bucket, "/logexcerpt/*"]] };

/** Of QA-Board's own bucket where one is named. */
const named = (end: string) => ({
  "Fn::Join": [
    "",
    ["arn:", { Ref: "AWS::Partition" }, ":s3:::", { Ref: "QaboardFilesBucket" }, end].filter((part) => part !== ""),
  ],
});
const files = { "Fn::If": ["QaboardHasNoBucket", { "Fn::Join": ["", [bucket, "/files/*"]] }, named("/files/*")] };
const filesBucket = { "Fn::If": ["QaboardHasNoBucket", bucket, named("")] };

const CONSUME = [
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
];
const LOG = ["logs:CreateLogStream", "logs:PutLogEvents"];
const BODIES = ["s3:GetObject", "s3:PutObject"];
const FILES = ["s3:DeleteObject", ...BODIES];

const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(z.record(z.string(), z.unknown())) }) });

/** Every action a principal is allowed, as sorted `action on resource` lines; anything but a plain Allow shows too. */
function allowed(idPrefix: string): string[] {
  const { PolicyDocument: document } = Policy.parse(onlyResource("AWS::IAM::Policy", idPrefix).properties);
  return document.Statement.flatMap(({ Action, Effect, Resource, ...rest }) => {
    const actions = Array.isArray(Action) ? Action : [Action];
    const more = Object.keys(rest).length === 0 && Effect === "Allow" ? "" : JSON.stringify({ Effect, ...rest });
    return actions.map((action) => `${action} on ${JSON.stringify(Resource)}${more}`);
  }).sort();
}

const lines = (...grants: readonly (readonly [actions: readonly string[], resource: unknown])[]) =>
  grants.flatMap(([actions, on]) => actions.map((action) => `${action} on ${JSON.stringify(on)}`)).sort();

test("the Worker's key sends, sees how many wait, writes, reads and misses raw bodies, reads log excerpts, keeps files, and nothing more", () => {
  assert.deepEqual(
    allowed("WorkerUser"),
    lines(
      [["sqs:SendMessage", "sqs:GetQueueAttributes"], queue],
      [BODIES, bodies],
      [["s3:GetObject"], excerpts],
      [FILES, files],
      [["s3:ListBucket"], bucket],
      [["s3:ListBucket"], filesBucket],
    ),
  );
});

test("the consumer reads its queue, sends delayed work back to it, and keeps raw bodies, log excerpts and files", () => {
  assert.deepEqual(
    allowed("ConsumerRole"),
    lines(
      [CONSUME, queue],
      [["sqs:SendMessage"], queue],
      [BODIES, bodies],
      [BODIES, excerpts],
      [FILES, files],
      [["s3:ListBucket"], bucket],
      [["s3:ListBucket"], filesBucket],
      [LOG, arnOf("AWS::Logs::LogGroup", "ConsumerLogs")],
    ),
  );
});

test("the dead-letter consumer reads the dead-letter queue only, and sends nothing", () => {
  assert.deepEqual(
    allowed("DeadLetterConsumerRole"),
    lines(
      [CONSUME, deadLetters],
      [BODIES, bodies],
      [["s3:ListBucket"], bucket],
      [LOG, arnOf("AWS::Logs::LogGroup", "DeadLetterConsumerLogs")],
    ),
  );
});

test("nobody else holds a permission, and no managed policy or access key is in the template", () => {
  template.resourceCountIs("AWS::IAM::Policy", 3);
  template.resourceCountIs("AWS::IAM::Role", 2);
  template.resourceCountIs("AWS::IAM::User", 1);
  template.resourceCountIs("AWS::IAM::AccessKey", 0);
  assert.doesNotMatch(JSON.stringify(template.toJSON()), /ManagedPolicyArns/);
});

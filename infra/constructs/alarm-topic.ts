import { ArnFormat, CfnCondition, type CfnParameter, Fn, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSubscription, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

/** Where alarms are told: a topic that only this account's alarms may publish to, and an address when one is given. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: { email: CfnParameter }) {
    super(scope, id);
    const stack = Stack.of(this);
    this.topic = new Topic(this, "Topic", { displayName: "Runledger alarms", enforceSSL: true });
    // A topic with a policy of its own loses the default one, by which alarms could publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsOfThisAccount",
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": stack.account },
          ArnLike: {
            "aws:SourceArn": stack.formatArn({
              service: "cloudwatch",
              resource: "alarm",
              resourceName: "*",
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
    const wanted = new CfnCondition(this, "EmailWanted", {
      expression: Fn.conditionNot(Fn.conditionEquals(email.valueAsString, "")),
    });
    const subscription = new CfnSubscription(this, "Email", {
      topicArn: this.topic.topicArn,
      protocol: "email",
      endpoint: email.valueAsString,
    });
    subscription.cfnOptions.condition = wanted;
  }
}

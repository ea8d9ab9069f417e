import { Effect, PolicyStatement, User } from "aws-cdk-lib/aws-iam";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { RawBodies } from "./raw-bodies.ts";

/**
 * The user whose access key the Worker at the edge signs with. It may send deliveries, see how many wait, and write and
 * read raw bodies. The key itself is made by the operator, so that no template, state or output ever holds it.
 */
export class WorkerUser extends Construct {
  readonly user: User;

  constructor(scope: Construct, id: string, { queue, bodies }: { queue: Queue; bodies: RawBodies }) {
    super(scope, id);
    this.user = new User(this, "User");
    this.user.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ["sqs:GetQueueAttributes", "sqs:SendMessage"],
        resources: [queue.queueArn],
      }),
    );
    bodies.grantBodies(this.user);
    bodies.grantReadingExcerpts(this.user);
    bodies.grantFiles(this.user);
    bodies.grantListingFiles(this.user);
    bodies.grantMissing(this.user);
  }
}

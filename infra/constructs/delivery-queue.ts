import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { LIMITS } from "../limits.ts";

/**
 * The queue of deliveries and where it puts what it gave up. Standard, not FIFO: storing is idempotent and does not
 * depend on order. Both are encrypted and take no request without TLS.
 */
export class DeliveryQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetters = new Queue(this, "DeadLetters", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: LIMITS.deadLetterRetention,
      visibilityTimeout: LIMITS.deadLetterVisibility,
    });
    this.queue = new Queue(this, "Queue", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: LIMITS.queueRetention,
      visibilityTimeout: LIMITS.visibility,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: LIMITS.receives },
    });
  }
}

import { CfnOutput, Stack } from "aws-cdk-lib";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { AlarmTopic } from "./constructs/alarm-topic.ts";
import { Alarms } from "./constructs/alarms.ts";
import { DeadRows } from "./constructs/dead-rows.ts";
import { DeliveryQueue } from "./constructs/delivery-queue.ts";
import { QueueFunction } from "./constructs/queue-function.ts";
import { RawBodies } from "./constructs/raw-bodies.ts";
import { WorkerUser } from "./constructs/worker-user.ts";
import { LIMITS } from "./limits.ts";
import { declareParameters } from "./parameters.ts";

/** The whole AWS side: deliveries wait in the queue, the consumer stores them, what dies is recorded and alarmed of. */
export class RunledgerStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { description: "Runledger: queue, raw bodies and consumers behind the Worker at the edge." });
    const { rawRetentionDays, databaseUrl, consumerSettings, alarmEmail, mail, filesBucket } = declareParameters(this);
    const queues = new DeliveryQueue(this, "Deliveries");
    const bodies = new RawBodies(this, "RawBodies", { retentionDays: rawRetentionDays, filesBucket });
    const objectsUrl = `https://${bodies.bucket.bucketRegionalDomainName}`;
    const environment = {
      DATABASE_URL: databaseUrl,
      QUEUE_URL: queues.queue.queueUrl,
      OBJECTS_URL: objectsUrl,
      ...mail,
    };
    const consumer = new QueueFunction(this, "Consumer", {
      entry: "lambda.ts",
      description: "Stores deliveries from the queue.",
      source: queues.queue,
      timeout: LIMITS.functionTimeout,
      mapping: {
        batchSize: LIMITS.batchSize,
        maxBatchingWindow: LIMITS.batchingWindow,
        maxConcurrency: LIMITS.concurrency,
      },
      environment: { ...environment, ...consumerSettings },
    });
    const deadLetterConsumer = new QueueFunction(this, "DeadLetterConsumer", {
      entry: "dead-letter.ts",
      description: "Records what the queue gave up, so that it can be read and replayed.",
      source: queues.deadLetters,
      timeout: LIMITS.deadLetterTimeout,
      mapping: { batchSize: LIMITS.deadLetterBatchSize, maxConcurrency: LIMITS.deadLetterConcurrency },
      environment,
    });
    for (const { role } of [consumer, deadLetterConsumer]) {
      bodies.grantBodies(role);
      bodies.grantMissing(role);
    }
    bodies.grantExcerpts(consumer.role);
    bodies.grantFiles(consumer.role);
    bodies.grantListingFiles(consumer.role);
    // Long work is cut into messages, and waiting is a delayed new one.
    consumer.role.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ["sqs:SendMessage"],
        resources: [queues.queue.queueArn],
      }),
    );
    const worker = new WorkerUser(this, "Worker", { queue: queues.queue, bodies });
    const { topic } = new AlarmTopic(this, "AlarmTopic", { email: alarmEmail });
    const deadRows = new DeadRows(this, "DeadRows", { logGroup: deadLetterConsumer.logGroup });
    new Alarms(this, "Alarms", { topic, queues, consumer, deadLetterConsumer, deadRows: deadRows.count });
    this.#announce({
      QueueUrl: ["QUEUE_URL of the Worker.", queues.queue.queueUrl],
      ObjectsUrl: ["OBJECTS_URL of the Worker.", objectsUrl],
      QaboardFilesUrl: ["QABOARD_FILES_URL of the Worker.", filesBucket.whenNamed(filesBucket.url, objectsUrl)],
      AwsRegion: ["AWS_REGION of the Worker.", this.region],
      WorkerUserName: ["Whom the Worker's key belongs to.", worker.user.userName],
      CreateWorkerKey: [
        "Makes AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the Worker; shown once.",
        `aws iam create-access-key --user-name ${worker.user.userName}`,
      ],
      AlarmTopicArn: ["Further subscribers of the alarms go here.", topic.topicArn],
      ConsumerLogs: ["One JSON line for each message.", consumer.logGroup.logGroupName],
      DeadLetterQueueUrl: ["Holds what was given up and not recorded yet.", queues.deadLetters.queueUrl],
    });
  }

  #announce(outputs: Record<string, readonly [description: string, value: string]>): void {
    for (const [name, [description, value]] of Object.entries(outputs))
      new CfnOutput(this, name, { description, value });
  }
}

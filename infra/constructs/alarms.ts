import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { DeliveryQueue } from "./delivery-queue.ts";
import type { QueueFunction } from "./queue-function.ts";

export type AlarmsProps = {
  topic: Topic;
  queues: DeliveryQueue;
  consumer: QueueFunction;
  deadLetterConsumer: QueueFunction;
  deadRows: IMetric;
};

type Watch = { metric: IMetric; threshold: number; periods?: number; description: string };

const PERIOD = Duration.minutes(5);

/** What an operator must hear of: deliveries that wait, that died, or that nobody can take. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { topic, queues, consumer, deadLetterConsumer, deadRows }: AlarmsProps) {
    super(scope, id);
    const sum = { statistic: "Sum", period: PERIOD };
    const oldest = { statistic: "Maximum", period: Duration.minutes(1) };
    const watches: Record<string, Watch> = {
      OldestMessage: {
        metric: queues.queue.metricApproximateAgeOfOldestMessage(oldest),
        threshold: 600,
        periods: 5,
        description: "A delivery waits for more than 10 minutes: the database or the consumer does not keep up.",
      },
      DeadLetterArrived: {
        metric: queues.deadLetters.metricNumberOfMessagesReceived(sum),
        threshold: 1,
        description: "The queue gave up a delivery; it should stand among the dead rows now.",
      },
      DeadLetterAge: {
        metric: queues.deadLetters.metricApproximateAgeOfOldestMessage(oldest),
        threshold: 900,
        periods: 5,
        description: "A dead delivery could not be recorded for 15 minutes; it is lost after 14 days.",
      },
      DeadRows: {
        metric: deadRows,
        threshold: 1,
        description: "A delivery was given up and recorded as dead: read its reason, mend the cause, replay it.",
      },
      ConsumerErrors: {
        metric: consumer.handler.metricErrors(sum),
        threshold: 1,
        description: "The consumer crashed, timed out or is configured wrongly; its batch comes back.",
      },
      ConsumerThrottles: {
        metric: consumer.handler.metricThrottles(sum),
        threshold: 1,
        periods: 3,
        description: "Lambda refuses to run the consumer: the account's concurrency is used up.",
      },
      DeadLetterErrors: {
        metric: deadLetterConsumer.handler.metricErrors(sum),
        threshold: 1,
        description: "The dead-letter consumer crashed, timed out or is configured wrongly.",
      },
    };
    for (const [name, { metric, threshold, periods = 1, description }] of Object.entries(watches)) {
      const alarm = new Alarm(this, name, {
        metric,
        threshold,
        evaluationPeriods: periods,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        // Queues and functions that nothing happens to report nothing.
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: description,
      });
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
  }
}

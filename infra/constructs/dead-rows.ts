import { Duration } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

/** Counts the rows that the dead-letter consumer wrote: one log line with the event `dead` each. */
export class DeadRows extends Construct {
  readonly count: Metric;

  constructor(scope: Construct, id: string, { logGroup }: { logGroup: LogGroup }) {
    super(scope, id);
    const filter = new MetricFilter(this, "Filter", {
      logGroup,
      filterPattern: FilterPattern.stringValue("$.event", "=", "dead"),
      metricNamespace: "Runledger",
      metricName: "DeadRows",
      metricValue: "1",
    });
    this.count = filter.metric({ statistic: "Sum", period: Duration.minutes(5) });
  }
}

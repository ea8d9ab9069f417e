import { fileURLToPath } from "node:url";
import { type Duration, RemovalPolicy } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource, type SqsEventSourceProps } from "aws-cdk-lib/aws-lambda-event-sources";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { LIMITS } from "../limits.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export type QueueFunctionProps = {
  /** File below functions/ingest whose `handler` runs. */
  entry: "lambda.ts" | "dead-letter.ts";
  description: string;
  source: Queue;
  timeout: Duration;
  mapping: Required<Pick<SqsEventSourceProps, "batchSize" | "maxConcurrency">> & SqsEventSourceProps;
  environment: Record<string, string>;
};

/**
 * A function behind a queue, with partial batch failures reported and a role of its own that may do no more than run
 * it. Everything, the AWS SDK included, is bundled by the local esbuild, so that what was tested is what runs.
 */
export class QueueFunction extends Construct {
  readonly handler: NodejsFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: QueueFunctionProps) {
    super(scope, id);
    this.logGroup = new LogGroup(this, "Logs", {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.logGroup.grantWrite(this.role);
    this.handler = new NodejsFunction(this, "Function", {
      description: props.description,
      entry: `${ROOT}functions/ingest/${props.entry}`,
      handler: "handler",
      projectRoot: ROOT,
      depsLockFilePath: `${ROOT}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: LIMITS.memoryMb,
      timeout: props.timeout,
      role: this.role,
      logGroup: this.logGroup,
      // The functions write whole JSON lines; Lambda's own JSON format would wrap them as text.
      loggingFormat: LoggingFormat.TEXT,
      environment: { ...props.environment, NODE_OPTIONS: "--enable-source-maps" },
      awsSdkConnectionReuse: false,
      bundling: {
        bundleAwsSDK: true,
        format: OutputFormat.CJS,
        mainFields: ["module", "main"],
        target: "node24",
        minify: true,
        keepNames: true,
        sourceMap: true,
        sourcesContent: false,
        // The consumer starts a thread of its own file.
        banner: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;',
        define: { "import.meta.url": "bundleUrl" },
      },
    });
    this.handler.addEventSource(new SqsEventSource(props.source, { ...props.mapping, reportBatchItemFailures: true }));
  }
}

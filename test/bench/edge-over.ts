import { type Stack, startStack } from "../../dev/stack.ts";

/** An edge of the same mode on another database, with the stack's own queues and bucket; nothing consumes for it. */
export async function startEdgeOver(stack: Stack, databaseUrl: string, dataDir: string): Promise<Stack> {
  const { mode, queueUrl, deadLetterQueueUrl, bucketUrl } = stack;
  return await startStack({
    mode,
    dataDir,
    databaseUrl,
    aws: { queueUrl, deadLetterQueueUrl, bucketUrl, region: "local", accessKeyId: "any", secretAccessKey: "any" },
    consumer: "none",
  });
}

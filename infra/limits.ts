import { Duration } from "aws-cdk-lib";

/** The numbers the queue, the functions and the alarms must agree on; the tests hold them against each other. */
export const LIMITS = {
  /** One invocation of the consumer: several times what the largest submission takes, also on a small database. */
  functionTimeout: Duration.minutes(5),
  deadLetterTimeout: Duration.seconds(30),
  /** How long a batch that is not full waits for more messages. */
  batchingWindow: Duration.seconds(1),
  /** At least six function timeouts and the window, as Lambda asks; a consumer that dies costs a message this wait. */
  visibility: Duration.minutes(31),
  deadLetterVisibility: Duration.minutes(4),
  /** With the consumer's own backoff the eighth receive comes about an hour after the first; its QUEUE_MAX_RECEIVES has this default. */
  receives: 8,
  queueRetention: Duration.days(4),
  /** Counted from the first sending, not from the arrival in the dead-letter queue. */
  deadLetterRetention: Duration.days(14),
  /** Messages of one transaction. 50 of the largest inline messages exceed an invocation's 6 MB, and Lambda then gives fewer. */
  batchSize: 50,
  deadLetterBatchSize: 10,
  /** Consumers at one time; each keeps a small pool of database connections. */
  concurrency: 10,
  /** The least that AWS allows. */
  deadLetterConcurrency: 2,
  /** One whole virtual processor (1,769 MB), since parsing is what takes time. */
  memoryMb: 1_769,
  /** What a submission of 100 MB needs; the rest is for its bytes, which are not on the heap. */
  heapMb: 1_300,
  /** A raw body must outlive its message in both queues: the retention of one and then of the other. */
  leastRawRetentionDays: 4 + 14,
  rawRetentionDays: 30,
  logRetentionDays: 30,
} as const;

import type { NamedAws } from "../stack.ts";

type Given = Readonly<Record<string, string | undefined>>;

const ENDPOINTS = ["QUEUE_URL", "DEAD_LETTER_QUEUE_URL", "OBJECTS_URL"] as const;
const CREDENTIALS = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

/** What is missing once any of the three endpoints is named. Credentials alone, which many shells have, name nothing. */
export function missingEndpoints(given: Given): string[] {
  if (ENDPOINTS.every((name) => given[name] === undefined)) return [];
  return [...ENDPOINTS, ...CREDENTIALS].flatMap((name) => (given[name] === undefined ? [`${name} is missing`] : []));
}

/** The queues and the bucket that are named, or undefined when the emulator is to stand in. */
export function namedAws(given: Given): NamedAws | undefined {
  const [queueUrl, deadLetterQueueUrl, bucketUrl] = ENDPOINTS.map((name) => given[name]);
  const [region, accessKeyId, secretAccessKey] = CREDENTIALS.map((name) => given[name]);
  if (queueUrl === undefined || deadLetterQueueUrl === undefined || bucketUrl === undefined) return undefined;
  if (region === undefined || accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { queueUrl, deadLetterQueueUrl, bucketUrl, region, accessKeyId, secretAccessKey };
}

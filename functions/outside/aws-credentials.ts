/** Credentials of the AWS side; the session token is present in Lambda only. */
export type AwsCredentials = {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
};

import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { Effect, type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

/** Where functions/messages/claim-check.ts keeps bodies. */
const PREFIX = "raw/";

/** Where functions/messages/log-excerpt.ts keeps log excerpts. They never expire: rows name them. */
const EXCERPTS = "logexcerpt/";

/** Where functions/files/s3-files.ts keeps QA-Board's files. They never expire. */
const FILES = "files/";

/**
 * The bucket of raw bodies: private, encrypted, TLS only, emptied by age. Removing the stack leaves it in place, since
 * a replay can start from nothing else.
 */
export class RawBodies extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { retentionDays }: { retentionDays: number }) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { id: "expire-raw-bodies", prefix: PREFIX, expiration: Duration.days(retentionDays) },
        { id: "abort-unfinished-uploads", abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
  }

  /** Lets a grantee write and read raw bodies. */
  grantBodies(grantee: IGrantable): void {
    this.#grant(grantee, ["s3:GetObject", "s3:PutObject"], PREFIX);
  }

  /** Lets a grantee keep log excerpts, and see which are kept. */
  grantExcerpts(grantee: IGrantable): void {
    this.#grant(grantee, ["s3:GetObject", "s3:PutObject"], EXCERPTS);
  }

  grantReadingExcerpts(grantee: IGrantable): void {
    this.#grant(grantee, ["s3:GetObject"], EXCERPTS);
  }

  /** Lets a grantee read, write and delete QA-Board's files; copies need no more than that. */
  grantFiles(grantee: IGrantable): void {
    this.#grant(grantee, ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], FILES);
  }

  #grant(grantee: IGrantable, actions: string[], prefix: string): void {
    const resources = [this.bucket.arnForObjects(`${prefix}*`)];
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
  }

  /** Lets a grantee tell a body that is gone (404) from one it may not read: without it S3 answers 403 to both. */
  grantMissing(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ effect: Effect.ALLOW, actions: ["s3:ListBucket"], resources: [this.bucket.bucketArn] }),
    );
  }
}

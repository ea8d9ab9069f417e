import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import { Effect, type IGrantable, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { FilesBucket } from "../qaboard-parameters.ts";

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
  readonly #filesBucket: FilesBucket;

  constructor(
    scope: Construct,
    id: string,
    { retentionDays, filesBucket }: { retentionDays: number; filesBucket: FilesBucket },
  ) {
    super(scope, id);
    this.#filesBucket = filesBucket;
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
    const own = this.bucket.arnForObjects(`${FILES}*`);
    const resource = this.#filesBucket.whenNamed(`${this.#filesBucketArn()}/${FILES}*`, own);
    this.#allow(grantee, ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], [resource]);
  }

  #filesBucketArn(): string {
    return `arn:${Aws.PARTITION}:s3:::${this.#filesBucket.name}`;
  }

  #grant(grantee: IGrantable, actions: string[], prefix: string): void {
    this.#allow(grantee, actions, [this.bucket.arnForObjects(`${prefix}*`)]);
  }

  #allow(grantee: IGrantable, actions: string[], resources: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions, resources }));
  }

  /** Lets a grantee tell a body that is gone (404) from one it may not read: without it S3 answers 403 to both. */
  grantMissing(grantee: IGrantable): void {
    this.#allow(grantee, ["s3:ListBucket"], [this.bucket.bucketArn]);
  }

  /** Lets a grantee list QA-Board's files, which are in the bucket of raw bodies unless another one is named. */
  grantListingFiles(grantee: IGrantable): void {
    const resource = this.#filesBucket.whenNamed(this.#filesBucketArn(), this.bucket.bucketArn);
    this.#allow(grantee, ["s3:ListBucket"], [resource]);
  }
}

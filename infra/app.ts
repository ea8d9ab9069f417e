import { App } from "aws-cdk-lib";
import { RunledgerStack } from "./stack.ts";

// The CDK command says where it looks for the result; run alone, this file writes to the same place.
const app = new App({ outdir: process.env.CDK_OUTDIR ?? "dist/cdk.out", analyticsReporting: false });
new RunledgerStack(app, "Runledger");
app.synth();

// grpc-js as a peer of the interop tests, with the service of gRPC's interop suite and what
// GrpcSuiteServer.java adds to it.
//
//	peer.js <suite>            serves: prints "main <address>", until its standard input ends
//	peer.js <suite> <address>  calls, and prints "<scenario> <TAB> ok|FAILED <TAB> <detail>"
//
// <suite> is a file with descriptors of the suite's messages and services.

import { call } from "./client.js";
import { serve } from "./server.js";
import { Suite } from "./suite.js";

const [descriptors, address] = process.argv.slice(2);
const suite = new Suite(descriptors);
if (address === undefined) {
  serve(suite);
} else {
  await call(address, suite);
  process.exit(); // else a stream that was cancelled early keeps it alive
}

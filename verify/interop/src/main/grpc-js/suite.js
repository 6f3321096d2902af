// The services of gRPC's interop suite, from their descriptors.

import { readFileSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

export const MAX_MESSAGE = { "grpc.max_receive_message_length": 32 << 20 };
export const ECHO_INITIAL = "x-grpc-test-echo-initial";
export const ECHO_TRAILING = "x-grpc-test-echo-trailing-bin";
export const DETAILS = "grpc-status-details-bin";

const STRING_VALUE = "google.protobuf.StringValue";

export class Suite {
  constructor(descriptors) {
    const options = { keepCase: true, defaults: true };
    this.definitions = loader.loadFileDescriptorSetFromBuffer(readFileSync(descriptors), options);
    const { TestService, UnimplementedService } = grpc.loadPackageDefinition(this.definitions).grpc.testing;
    this.TestService = TestService;
    this.UnimplementedService = UnimplementedService;
  }

  // Writes a google.rpc.Status with its message once more in a detail.
  writeStatus(code, message) {
    const value = this.definitions[STRING_VALUE].serialize({ value: message });
    const details = [{ type_url: "type.googleapis.com/" + STRING_VALUE, value }];
    return this.definitions["google.rpc.Status"].serialize({ code, message, details });
  }

  // Reads one, with the texts that its details have.
  readStatus(bytes) {
    const { code, message, details } = this.definitions["google.rpc.Status"].deserialize(bytes);
    const texts = details.map((one) => this.definitions[STRING_VALUE].deserialize(one.value).value);
    return { code, message, texts };
  }
}

export function zeros(count) {
  return { body: Buffer.alloc(count) };
}

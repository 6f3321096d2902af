// The cases of gRPC's interop suite, and what it leaves out. Numbers are those of its descriptions.

import assert from "node:assert/strict";
import grpc from "@grpc/grpc-js";
import { DETAILS, ECHO_INITIAL, ECHO_TRAILING, MAX_MESSAGE, zeros } from "./suite.js";

const GZIP = { "grpc.default_compression_algorithm": grpc.compressionAlgorithms.gzip };
const REQUESTS = [27_182, 8, 1_828, 45_904];
const RESPONSES = [31_415, 9, 2_653, 58_979];
const LARGEST = 16 << 20;
const MESSAGES = 10_000;
const PATIENCE = 10_000; // ms

const YES = { value: true };
const NO = { value: false };

export async function call(address, suite) {
  const insecure = grpc.credentials.createInsecure();
  const client = new suite.TestService(address, insecure, MAX_MESSAGE);
  const compressing = new suite.TestService(address, insecure, { ...MAX_MESSAGE, ...GZIP });
  const unknown = new suite.UnimplementedService(address, insecure);
  for (const [name, run] of Object.entries(cases(client, compressing, unknown, suite))) {
    try {
      await run();
      console.log(`${name}\tok\t`);
    } catch (e) {
      console.log(`${name}\tFAILED\t${String(e).split(/\s+/).join(" ").slice(0, 500)}`);
    }
  }
}

function cases(client, compressing, unknown, suite) {
  const large = async (caller, more) => {
    const request = { response_size: 314_159, payload: zeros(271_828), ...more };
    const { response } = await unary(caller, "UnaryCall", request);
    assert.deepEqual(response.payload.body, zeros(314_159).body);
  };
  const output = async (...responses) => {
    const stream = client.StreamingOutputCall({ response_parameters: responses });
    const sizes = (await all(stream)).map((one) => one.payload.body.length);
    assert.deepEqual(sizes, responses.map((one) => one.size));
  };
  const fails = async (code, promise) => {
    const failure = await promise.then(() => assert.fail("did not fail"), (e) => e);
    assert.equal(failure.code, code, String(failure));
    return failure;
  };
  const cancelAfterFirstResponse = async (...more) => {
    const stream = client.FullDuplexCall();
    const responses = stream[Symbol.asyncIterator]();
    const parameters = [{ size: 31_415 }, ...more];
    stream.write({ payload: zeros(27_182), response_parameters: parameters });
    assert.equal((await responses.next()).value.payload.body.length, 31_415);
    stream.cancel();
    await fails(grpc.status.CANCELLED, responses.next());
  };
  return {
    async empty_unary() {
      await unary(client, "EmptyCall", {});
    },

    async large_unary() {
      await large(client);
    },

    async client_compressed_unary() {
      await fails(grpc.status.INVALID_ARGUMENT, large(client, { expect_compressed: YES }));
      await large(compressing, { expect_compressed: YES });
      await large(client, { expect_compressed: NO });
    },

    async server_compressed_unary() {
      await large(client, { response_compressed: YES });
      await large(client, { response_compressed: NO });
    },

    async client_streaming() {
      const { response } = await unary(client, "StreamingInputCall", (stream) => {
        REQUESTS.forEach((size) => stream.write({ payload: zeros(size) }));
        stream.end();
      });
      assert.equal(response.aggregated_payload_size, 74_922);
    },

    async server_streaming() {
      await output(...RESPONSES.map((size) => ({ size })));
    },

    async server_compressed_streaming() {
      await output({ size: 31_415, compressed: YES }, { size: 92_653, compressed: NO });
    },

    async ping_pong() {
      const stream = client.FullDuplexCall();
      const responses = stream[Symbol.asyncIterator]();
      for (const [i, size] of RESPONSES.entries()) {
        stream.write(ping(REQUESTS[i], size));
        assert.equal((await responses.next()).value.payload.body.length, size);
      }
      stream.end();
      assert.equal((await responses.next()).done, true);
    },

    async empty_stream() {
      const stream = client.FullDuplexCall();
      stream.end();
      assert.deepEqual(await all(stream), []);
    },

    async custom_metadata() {
      const trailing = Buffer.from("0a0b0a0b0a0b", "hex");
      const metadata = new grpc.Metadata();
      metadata.set(ECHO_INITIAL, "test_initial_metadata_value");
      metadata.set(ECHO_TRAILING, trailing);
      const { header, trailer } = await unary(client, "UnaryCall", {}, metadata);
      assert.deepEqual(header.get(ECHO_INITIAL), ["test_initial_metadata_value"]);
      assert.deepEqual(trailer.get(ECHO_TRAILING), [trailing]);
      const stream = client.FullDuplexCall(metadata);
      const told = {};
      stream.on("metadata", (header) => (told.header = header));
      stream.on("status", (status) => (told.trailer = status.metadata));
      stream.write(ping(271_828, 314_159));
      stream.end();
      assert.equal((await all(stream)).length, 1);
      assert.deepEqual(told.header.get(ECHO_INITIAL), ["test_initial_metadata_value"]);
      assert.deepEqual(told.trailer.get(ECHO_TRAILING), [trailing]);
    },

    async status_code_and_message() {
      const said = { code: grpc.status.UNKNOWN, message: "test status message" };
      const request = { response_status: said };
      const failure = await fails(said.code, unary(client, "UnaryCall", request));
      assert.equal(failure.details, said.message);
      const stream = client.FullDuplexCall();
      stream.write(request);
      stream.end();
      assert.equal((await fails(said.code, all(stream))).details, said.message);
    },

    async special_status_message() {
      const message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
      const request = { response_status: { code: grpc.status.UNKNOWN, message } };
      const failure = await fails(grpc.status.UNKNOWN, unary(client, "UnaryCall", request));
      assert.equal(failure.details, message);
    },

    async unimplemented_method() {
      await fails(grpc.status.UNIMPLEMENTED, unary(client, "UnimplementedCall", {}));
    },

    async unimplemented_service() {
      await fails(grpc.status.UNIMPLEMENTED, unary(unknown, "UnimplementedCall", {}));
    },

    async cancel_after_begin() {
      const given = unary(client, "StreamingInputCall", (stream) => stream.cancel());
      await fails(grpc.status.CANCELLED, given);
    },

    async cancel_after_first_response() {
      await cancelAfterFirstResponse();
    },

    async timeout_on_sleeping_server() {
      const stream = client.FullDuplexCall({ deadline: Date.now() + 1 });
      stream.write(ping(27_182));
      await fails(grpc.status.DEADLINE_EXCEEDED, all(stream));
    },

    async concurrent_large_unary() {
      await Promise.all(Array.from({ length: 64 }, () => large(client)));
    },

    async "compressed both ways"() {
      await large(compressing, { expect_compressed: YES, response_compressed: YES });
    },

    async "error with details"() {
      const said = { code: grpc.status.FAILED_PRECONDITION, message: "not yet, 不" };
      const failure = await fails(said.code, unary(client, "UnaryCall", { response_status: said }));
      const told = suite.readStatus(failure.metadata.get(DETAILS)[0]);
      assert.deepEqual(told, { ...said, texts: [said.message] });
    },

    async "16 MiB both ways"() {
      const request = { response_size: LARGEST, payload: zeros(LARGEST) };
      const { response } = await unary(client, "UnaryCall", request);
      assert.equal(response.payload.body.length, LARGEST);
    },

    async "the server knows the deadline"() {
      const options = { deadline: Date.now() + PATIENCE };
      const request = { fill_username: true };
      const { response } = await unary(client, "UnaryCall", request, new grpc.Metadata(), options);
      const left = Number(response.username);
      assert(left > 0 && left <= PATIENCE, response.username);
    },

    async "the server hears of a cancel"() {
      const ask = { fill_oauth_scope: true };
      await unary(client, "UnaryCall", ask); // which forgets others
      // Node ends its side before it resets a stream: who waits for requests may hear of that alone.
      await cancelAfterFirstResponse({ size: 1, interval_us: 1000 * PATIENCE });
      let ending = "";
      for (const end = Date.now() + PATIENCE; ending === "" && Date.now() < end; ) {
        ending = (await unary(client, "UnaryCall", ask)).response.oauth_scope;
      }
      assert.equal(ending, "cancelled");
    },

    async "10,000 messages both ways"() {
      const stream = client.FullDuplexCall();
      for (let i = 0; i < MESSAGES; i++) {
        stream.write(ping(1, 100));
      }
      stream.end();
      assert.equal((await all(stream)).length, MESSAGES);
    },
  };
}

function ping(size, ...responses) {
  return { payload: zeros(size), response_parameters: responses.map((size) => ({ size })) };
}

async function all(stream) {
  const responses = [];
  for await (const response of stream) {
    responses.push(response);
  }
  return responses;
}

// Returns the one response of a call, with its header and trailer.
//
// request: one, or a function of a stream of them
function unary(client, method, request, metadata = new grpc.Metadata(), options = {}) {
  return new Promise((resolve, reject) => {
    const got = {};
    const ended = (error, response) => Object.assign(got, { error, response });
    const isStream = typeof request === "function";
    const call = isStream
      ? client[method](metadata, options, ended)
      : client[method](request, metadata, options, ended);
    call.on("metadata", (header) => (got.header = header));
    call.on("status", (status) => {
      got.trailer = status.metadata;
      return got.error ? reject(got.error) : resolve(got);
    });
    if (isStream) {
      request(call);
    }
  });
}

// The server of gRPC's interop suite, as far as our client calls it. A server of grpc-js compresses
// nothing.

import grpc from "@grpc/grpc-js";
import { DETAILS, ECHO_INITIAL, ECHO_TRAILING, MAX_MESSAGE, zeros } from "./suite.js";

export function serve(suite) {
  const server = new grpc.Server(MAX_MESSAGE);
  server.addService(suite.TestService.service, handlers(suite));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      throw error;
    }
    console.log("main 127.0.0.1:" + port);
  });
  process.stdin.on("end", () => process.exit()).resume();
}

function handlers(suite) {
  let ending = ""; // of a duplex stream that was given up, until somebody asks
  return {
    EmptyCall: (call, answer) => answer(null, call.request),

    UnaryCall(call, answer) {
      const request = call.request;
      const trailer = echoMetadata(call);
      if (request.response_status) {
        answer(failure(request.response_status, suite));
        return;
      }
      const response = {};
      if (request.response_size > 0) {
        response.payload = zeros(request.response_size);
      }
      if (request.fill_username) {
        response.username = String(call.getDeadline() - Date.now());
      }
      if (request.fill_oauth_scope) {
        response.oauth_scope = ending;
        ending = "";
      }
      answer(null, response, trailer);
    },

    StreamingInputCall(call, answer) {
      let size = 0;
      call.on("data", (request) => (size += request.payload.body.length));
      call.on("end", () => answer(null, { aggregated_payload_size: size }));
    },

    StreamingOutputCall(call) {
      respond(call, call.request);
      call.end();
    },

    FullDuplexCall(call) {
      const trailer = echoMetadata(call);
      call.on("data", (request) => {
        if (request.response_status) {
          call.emit("error", failure(request.response_status, suite));
        } else {
          respond(call, request);
        }
      });
      call.on("end", () => call.end(trailer));
      call.on("cancelled", () => {
        if (call.getDeadline() > Date.now()) {
          ending = "cancelled";
        }
      });
    },
  };
}

function respond(call, request) {
  for (const one of request.response_parameters) {
    call.write({ payload: zeros(one.size) });
  }
}

function echoMetadata(call) {
  const initial = call.metadata.get(ECHO_INITIAL);
  if (initial.length > 0) {
    call.sendMetadata(metadata(ECHO_INITIAL, initial));
  }
  return metadata(ECHO_TRAILING, call.metadata.get(ECHO_TRAILING));
}

function metadata(name, values) {
  const all = new grpc.Metadata();
  values.forEach((value) => all.add(name, value));
  return all;
}

function failure({ code, message }, suite) {
  const hasDetails = code === grpc.status.FAILED_PRECONDITION;
  const details = hasDetails ? [suite.writeStatus(code, message)] : [];
  return { code, details: message, metadata: metadata(DETAILS, details) };
}

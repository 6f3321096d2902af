"""The server of gRPC's interop suite, as far as our client calls it."""

import sys
import threading
from concurrent import futures

import grpc
from google.protobuf import any_pb2, wrappers_pb2
from google.rpc import status_pb2
from grpc_status import rpc_status

from suite import ECHO_INITIAL, ECHO_TRAILING, GZIP, MAX_MESSAGE

CODES = {code.value[0]: code for code in grpc.StatusCode}


def serve(service):
    behaviors = Behaviors(service)
    handlers = {
        method.name: method.handler(getattr(behaviors, method.name))
        for method in service.methods
        if hasattr(behaviors, method.name)
    }
    threads = futures.ThreadPoolExecutor(max_workers=100)
    server = grpc.server(threads, options=[MAX_MESSAGE])
    server.add_generic_rpc_handlers(
        [grpc.method_handlers_generic_handler(service.name, handlers)]
    )
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(f"main 127.0.0.1:{port}", flush=True)
    sys.stdin.read()
    server.stop(None)


class Behaviors:
    """What each method does."""

    def __init__(self, suite):
        self.suite = suite
        self.lock = threading.Lock()
        self.ending = ""  # of a duplex stream that was given up, until somebody asks

    def EmptyCall(self, request, context):
        return request

    def UnaryCall(self, request, context):
        if request.response_compressed.value:
            context.set_compression(GZIP)
        echo_metadata(context)
        if request.HasField("response_status"):
            abort(request.response_status, context)
        response = self.suite.SimpleResponse()
        if request.response_size > 0:
            response.payload.CopyFrom(self.suite.zeros(request.response_size))
        if request.fill_username:
            response.username = str(int(context.time_remaining() * 1000))
        if request.fill_oauth_scope:
            with self.lock:
                response.oauth_scope, self.ending = self.ending, ""
        return response

    def StreamingInputCall(self, requests, context):
        size = sum(len(request.payload.body) for request in requests)
        return self.suite.StreamingInputCallResponse(aggregated_payload_size=size)

    def StreamingOutputCall(self, request, context):
        context.set_compression(GZIP)
        yield from self.responses(request, context)

    def FullDuplexCall(self, requests, context):
        context.set_compression(GZIP)
        context.add_callback(lambda: self.ended(context))
        echo_metadata(context)
        for request in requests:
            if request.HasField("response_status"):
                abort(request.response_status, context)
            yield from self.responses(request, context)

    def ended(self, context):
        is_late = context.time_remaining() == 0
        # Who reads requests may take a cancel for their end.
        if context._state.client == "cancelled" and not is_late:
            with self.lock:
                self.ending = "cancelled"

    def responses(self, request, context):
        for one in request.response_parameters:
            if not one.compressed.value:
                context.disable_next_message_compression()
            yield self.suite.StreamingOutputCallResponse(payload=self.suite.zeros(one.size))


def echo_metadata(context):
    told = {one.key: one.value for one in context.invocation_metadata()}
    if ECHO_INITIAL in told:
        context.send_initial_metadata([(ECHO_INITIAL, told[ECHO_INITIAL])])
    if ECHO_TRAILING in told:
        context.set_trailing_metadata([(ECHO_TRAILING, told[ECHO_TRAILING])])


def abort(status, context):
    code = CODES[status.code]
    if code is not grpc.StatusCode.FAILED_PRECONDITION:
        context.abort(code, status.message)
    detail = any_pb2.Any()
    detail.Pack(wrappers_pb2.StringValue(value=status.message))
    told = status_pb2.Status(code=status.code, message=status.message, details=[detail])
    context.abort_with_status(rpc_status.to_status(told))

"""The cases of gRPC's interop suite, and what it leaves out. Numbers are those of its descriptions."""

import queue
import time
from concurrent import futures

import grpc
from google.protobuf import wrappers_pb2
from grpc import StatusCode
from grpc_status import rpc_status

from suite import ECHO_INITIAL, ECHO_TRAILING, GZIP, MAX_MESSAGE

REQUESTS = (27_182, 8, 1_828, 45_904)
RESPONSES = (31_415, 9, 2_653, 58_979)
LARGEST = 16 << 20
MESSAGES = 10_000
PATIENCE = 10  # seconds


def call(address, test_service, unknown_service):
    with grpc.insecure_channel(address, options=[MAX_MESSAGE]) as channel:
        cases = Cases(channel, test_service, unknown_service)
        for name, run in cases.all():
            try:
                run()
                print(f"{name}\tok\t")
            except Exception as e:
                print(f"{name}\tFAILED\t{type(e).__name__}: {' '.join(str(e).split())}")


class Requests:
    """What a stream sends, one after the other, until its end."""

    END = object()

    def __init__(self):
        self.queue = queue.SimpleQueue()

    def __iter__(self):
        return iter(self.queue.get, self.END)

    def send(self, request):
        self.queue.put(request)

    def end(self):
        self.queue.put(self.END)


class Cases:
    def __init__(self, channel, suite, unknown):
        self.suite = suite
        for method in suite.methods:
            setattr(self, method.name, method.stub(channel))
        self.unknown_call = unknown.methods[0].stub(channel)

    def all(self):
        return [
            ("empty_unary", self.empty_unary),
            ("large_unary", self.large_unary),
            ("client_compressed_unary", self.client_compressed_unary),
            ("server_compressed_unary", self.server_compressed_unary),
            ("client_streaming", self.client_streaming),
            ("server_streaming", self.server_streaming),
            ("server_compressed_streaming", self.server_compressed_streaming),
            ("ping_pong", self.ping_pong),
            ("empty_stream", self.empty_stream),
            ("custom_metadata", self.custom_metadata),
            ("status_code_and_message", self.status_code_and_message),
            ("special_status_message", self.special_status_message),
            ("unimplemented_method", self.unimplemented_method),
            ("unimplemented_service", self.unimplemented_service),
            ("cancel_after_begin", self.cancel_after_begin),
            ("cancel_after_first_response", self.cancel_after_first_response),
            ("timeout_on_sleeping_server", self.timeout_on_sleeping_server),
            ("concurrent_large_unary", self.concurrent_large_unary),
            ("compressed both ways", self.compressed_both_ways),
            ("error with details", self.error_with_details),
            ("16 MiB both ways", self.largest),
            ("the server knows the deadline", self.deadline),
            ("the server hears of a cancel", self.cancel),
            ("10,000 messages both ways", self.many),
        ]

    # ---- calls

    def empty_unary(self):
        self.EmptyCall(self.empty())

    def empty(self):
        return self.suite.methods[0].request()

    def large(self, **more):
        payload = self.suite.zeros(271_828)
        return self.suite.SimpleRequest(response_size=314_159, payload=payload, **more)

    def large_unary(self, compression=None, **more):
        got = self.UnaryCall(self.large(**more), compression=compression)
        expect(got.payload, self.suite.zeros(314_159))

    def bool(self, value):
        return self.suite.BoolValue(value=value)

    def client_compressed_unary(self):
        probe = self.large(expect_compressed=self.bool(True))
        fails(StatusCode.INVALID_ARGUMENT, lambda: self.UnaryCall(probe))
        self.large_unary(GZIP, expect_compressed=self.bool(True))
        self.large_unary(expect_compressed=self.bool(False))

    def server_compressed_unary(self):
        self.large_unary(response_compressed=self.bool(True))
        self.large_unary(response_compressed=self.bool(False))

    # ---- streams

    def client_streaming(self):
        requests = [
            self.suite.StreamingInputCallRequest(payload=self.suite.zeros(size))
            for size in REQUESTS
        ]
        expect(self.StreamingInputCall(iter(requests)).aggregated_payload_size, 74_922)

    def ping(self, request_size, *responses, **more):
        return self.suite.StreamingOutputCallRequest(
            payload=self.suite.zeros(request_size),
            response_parameters=responses,
            **more,
        )

    def response(self, size, **more):
        return self.suite.ResponseParameters(size=size, **more)

    def server_streaming(self):
        self.output(*(self.response(size) for size in RESPONSES))

    def output(self, *responses):
        got = [len(one.payload.body) for one in self.StreamingOutputCall(self.ping(0, *responses))]
        expect(got, [one.size for one in responses])

    def server_compressed_streaming(self):
        self.output(
            self.response(31_415, compressed=self.bool(True)),
            self.response(92_653, compressed=self.bool(False)),
        )

    def ping_pong(self):
        requests = Requests()
        stream = self.FullDuplexCall(iter(requests))
        for request_size, response_size in zip(REQUESTS, RESPONSES):
            requests.send(self.ping(request_size, self.response(response_size)))
            expect(next(stream).payload, self.suite.zeros(response_size))
        requests.end()
        expect(list(stream), [])

    def empty_stream(self):
        expect(list(self.FullDuplexCall(iter([]))), [])

    # ---- metadata

    def custom_metadata(self):
        trailing = b"\x0a\x0b\x0a\x0b\x0a\x0b"
        metadata = [(ECHO_INITIAL, "test_initial_metadata_value"), (ECHO_TRAILING, trailing)]
        _, unary = self.UnaryCall.with_call(self.large(), metadata=metadata)
        request = self.ping(271_828, self.response(314_159))
        duplex = self.FullDuplexCall(iter([request]), metadata=metadata)
        expect(len(list(duplex)), 1)
        for ended in unary, duplex:
            expect(dict(ended.initial_metadata())[ECHO_INITIAL], "test_initial_metadata_value")
            expect(dict(ended.trailing_metadata())[ECHO_TRAILING], trailing)

    # ---- endings

    def failing(self, code, message):
        return self.suite.EchoStatus(code=code.value[0], message=message)

    def status_code_and_message(self):
        said = self.failing(StatusCode.UNKNOWN, "test status message")
        unary = self.suite.SimpleRequest(response_status=said)
        duplex = self.ping(0, response_status=said)
        expect(fails(StatusCode.UNKNOWN, lambda: self.UnaryCall(unary)).details(), said.message)
        failure = fails(StatusCode.UNKNOWN, lambda: next(self.FullDuplexCall(iter([duplex]))))
        expect(failure.details(), said.message)

    def special_status_message(self):
        message = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
        said = self.failing(StatusCode.UNKNOWN, message)
        request = self.suite.SimpleRequest(response_status=said)
        expect(fails(StatusCode.UNKNOWN, lambda: self.UnaryCall(request)).details(), message)

    def unimplemented_method(self):
        fails(StatusCode.UNIMPLEMENTED, lambda: self.UnimplementedCall(self.empty()))

    def unimplemented_service(self):
        fails(StatusCode.UNIMPLEMENTED, lambda: self.unknown_call(self.empty()))

    def cancel_after_begin(self):
        call = self.StreamingInputCall.future(iter(Requests()))
        call.cancel()
        expect(call.code(), StatusCode.CANCELLED)

    def cancel_after_first_response(self):
        requests = Requests()
        stream = self.FullDuplexCall(iter(requests))
        requests.send(self.ping(27_182, self.response(31_415)))
        expect(next(stream).payload, self.suite.zeros(31_415))
        stream.cancel()
        fails(StatusCode.CANCELLED, lambda: next(stream))

    def timeout_on_sleeping_server(self):
        requests = Requests()
        requests.send(self.ping(27_182))
        stream = self.FullDuplexCall(iter(requests), timeout=0.001)
        fails(StatusCode.DEADLINE_EXCEEDED, lambda: next(stream))

    def concurrent_large_unary(self):
        with futures.ThreadPoolExecutor(max_workers=32) as threads:
            for call in [threads.submit(self.large_unary) for _ in range(64)]:
                call.result()

    # ---- more than the suite has

    def compressed_both_ways(self):
        yes = self.bool(True)
        self.large_unary(GZIP, expect_compressed=yes, response_compressed=yes)

    def error_with_details(self):
        said = self.failing(StatusCode.FAILED_PRECONDITION, "not yet, 不")
        request = self.suite.SimpleRequest(response_status=said)
        failure = fails(StatusCode.FAILED_PRECONDITION, lambda: self.UnaryCall(request))
        told = rpc_status.from_call(failure)  # which compares code and message
        detail = wrappers_pb2.StringValue()
        expect([one.Unpack(detail) for one in told.details], [True])
        expect(detail.value, said.message)

    def largest(self):
        request = self.suite.SimpleRequest(
            response_size=LARGEST, payload=self.suite.zeros(LARGEST)
        )
        expect(len(self.UnaryCall(request).payload.body), LARGEST)

    def deadline(self):
        request = self.suite.SimpleRequest(fill_username=True)
        left = int(self.UnaryCall(request, timeout=PATIENCE).username)
        expect(0 < left <= PATIENCE * 1010, True)  # grpcio rounds up, by 1 % at most

    def cancel(self):
        ask = self.suite.SimpleRequest(fill_oauth_scope=True)
        self.UnaryCall(ask)  # which forgets others
        self.cancel_after_first_response()
        ending = ""
        end = time.monotonic() + PATIENCE
        while not ending and time.monotonic() < end:
            ending = self.UnaryCall(ask).oauth_scope
        expect(ending, "cancelled")

    def many(self):
        request = self.ping(1, self.response(100))
        stream = self.FullDuplexCall(request for _ in range(MESSAGES))
        expect(sum(1 for _ in stream), MESSAGES)


def expect(got, wanted):
    if got != wanted:
        raise AssertionError(f"got {str(got)[:200]}, want {str(wanted)[:200]}")


def fails(code, step):
    """Returns the failure of a step, which has to have this code."""
    try:
        step()
    except grpc.RpcError as e:
        expect(e.code(), code)
        return e
    raise AssertionError(f"did not fail with {code}")

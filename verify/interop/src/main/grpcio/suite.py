"""The services of gRPC's interop suite, from their descriptors: no code is generated."""

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

GZIP = grpc.Compression.Gzip
MAX_MESSAGE = ("grpc.max_receive_message_length", 32 << 20)
ECHO_INITIAL = "x-grpc-test-echo-initial"
ECHO_TRAILING = "x-grpc-test-echo-trailing-bin"


class Method:
    """How a method travels."""

    def __init__(self, service, method):
        self.name = method.name
        self.path = f"/{service.full_name}/{method.name}"
        self.kind = "_".join(
            "stream" if stream else "unary"
            for stream in (method.client_streaming, method.server_streaming)
        )
        self.request = message_factory.GetMessageClass(method.input_type)
        self.response = message_factory.GetMessageClass(method.output_type)

    def stub(self, channel):
        return getattr(channel, self.kind)(
            self.path,
            request_serializer=self.request.SerializeToString,
            response_deserializer=self.response.FromString,
        )

    def handler(self, behavior):
        return getattr(grpc, self.kind + "_rpc_method_handler")(
            behavior,
            request_deserializer=self.request.FromString,
            response_serializer=self.response.SerializeToString,
        )


class Service:
    """Has a member for each message of the service's package."""

    def __init__(self, pool, name):
        service = pool.FindServiceByName("grpc.testing." + name)
        self.name = service.full_name
        self.methods = [Method(service, method) for method in service.methods]
        messages = pool.FindFileByName("grpc/testing/messages.proto").message_types_by_name
        for name, message in messages.items():
            setattr(self, name, message_factory.GetMessageClass(message))

    def zeros(self, count):
        return self.Payload(body=bytes(count))


def load(descriptors, name):
    pool = descriptor_pool.DescriptorPool()
    with open(descriptors, "rb") as file:
        for one in descriptor_pb2.FileDescriptorSet.FromString(file.read()).file:
            pool.Add(one)
    return Service(pool, name)

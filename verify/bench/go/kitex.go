package main

import (
	"context"
	"io"
	"net"
	"time"

	"github.com/cloudwego/kitex/client"
	"github.com/cloudwego/kitex/pkg/connpool"
	"github.com/cloudwego/kitex/pkg/klog"
	"github.com/cloudwego/kitex/pkg/transmeta"
	"github.com/cloudwego/kitex/pkg/warmup"
	"github.com/cloudwego/kitex/server"
	"github.com/cloudwego/kitex/transport"

	"windhover/bench/kitex_gen/bench"
	thriftbench "windhover/bench/kitex_gen/bench/bench"
	"windhover/bench/kitex_gen/protobuf"
	protobufbench "windhover/bench/kitex_gen/protobuf/bench"
)

const (
	serviceName = "bench"
	maxIdle     = 2000
)

// Kitex over Thrift. Its page on TTHeader says to ask for transport.TTHeader; that adds to Framed,
// which is the default, so that what users of TTHeader have on the wire is Framed within TTHeader.
var (
	kitexFramed   = kitexPooled(transport.Framed)
	kitexTTHeader = kitexPooled(transport.TTHeaderFramed)
	kitexMux      = contestant{
		serve: func(listener net.Listener) error {
			return serveThrift(listener, server.WithMuxTransport())
		},
		dial: func(address string, _ int) (stub, error) {
			return dialThrift(address, client.WithMuxConnection(1)) // which is TTHeader too
		},
		first: "echo",
	}
)

// kitexGRPC is Kitex's own gRPC, with the classes that its tool makes of Protobuf by default.
var kitexGRPC = contestant{
	serve: func(listener net.Listener) error {
		silenceKitex()
		return protobufbench.NewServer(&protobufHandler{}, server.WithListener(listener)).Run()
	},
	dial:  dialKitexGRPC,
	first: "echo",
}

func kitexPooled(protocol transport.Protocol) contestant {
	return contestant{
		serve: func(listener net.Listener) error { return serveThrift(listener) },
		dial: func(address string, callers int) (stub, error) {
			return dialThrift(address,
				client.WithTransportProtocol(protocol),
				client.WithLongConnection(connpool.IdleConfig{
					MaxIdlePerAddress: maxIdle,
					MaxIdleGlobal:     maxIdle,
					MaxIdleTimeout:    time.Hour,
				}),
				client.WithWarmingUp(&warmup.ClientOption{
					ErrorHandling: warmup.FailFast,
					PoolOption:    &warmup.PoolOption{ConnNum: callers},
				}))
		},
		pooled: true,
		first:  "echo",
	}
}

func silenceKitex() { klog.SetOutput(io.Discard) }

type thriftHandler struct{}

func (thriftHandler) Echo(_ context.Context, request *bench.Request) (*bench.Reply, error) {
	return &bench.Reply{Body: request.Body}, nil
}

func (thriftHandler) Sleep(_ context.Context, request *bench.Request) (*bench.Reply, error) {
	time.Sleep(time.Millisecond)
	return &bench.Reply{Body: request.Body}, nil
}

func (thriftHandler) Order(_ context.Context, order *bench.Order) (*bench.Order, error) {
	return order, nil
}

func serveThrift(listener net.Listener, options ...server.Option) error {
	silenceKitex()
	options = append(options,
		server.WithListener(listener),
		server.WithMetaHandler(transmeta.ServerTTHeaderHandler))
	return thriftbench.NewServer(&thriftHandler{}, options...).Run()
}

type thriftStub struct {
	client thriftbench.Client
	sample *bench.Order
}

func dialThrift(address string, options ...client.Option) (stub, error) {
	silenceKitex()
	options = append(options,
		client.WithHostPorts(address),
		client.WithMetaHandler(transmeta.ClientTTHeaderHandler),
		client.WithConnectTimeout(callTimeout), // 50 ms is too short for 1,000 at once
		client.WithRPCTimeout(callTimeout))
	calls, err := thriftbench.NewClient(serviceName, options...)
	if err != nil {
		return nil, err
	}
	return unary{&thriftStub{calls, sampleOrder()}}, nil
}

func (s *thriftStub) echo(body string) (string, error) {
	reply, err := s.client.Echo(context.Background(), &bench.Request{Body: body})
	if err != nil {
		return "", err
	}
	return reply.Body, nil
}

func (s *thriftStub) sleep(body string) (string, error) {
	reply, err := s.client.Sleep(context.Background(), &bench.Request{Body: body})
	if err != nil {
		return "", err
	}
	return reply.Body, nil
}

func (s *thriftStub) order() (int64, int, error) {
	reply, err := s.client.Order(context.Background(), s.sample)
	if err != nil {
		return 0, 0, err
	}
	return reply.Id, len(reply.Items), nil
}

type protobufHandler struct{}

func (protobufHandler) Echo(_ context.Context, request *protobuf.Request) (*protobuf.Reply, error) {
	return &protobuf.Reply{Body: request.Body}, nil
}

func (protobufHandler) Sleep(_ context.Context, request *protobuf.Request) (*protobuf.Reply, error) {
	time.Sleep(time.Millisecond)
	return &protobuf.Reply{Body: request.Body}, nil
}

func (protobufHandler) Order(_ context.Context, order *protobuf.Order) (*protobuf.Order, error) {
	return order, nil
}

type kitexGRPCStub struct {
	client protobufbench.Client
	sample *protobuf.Order
}

func dialKitexGRPC(address string, _ int) (stub, error) {
	silenceKitex()
	calls, err := protobufbench.NewClient(serviceName,
		client.WithHostPorts(address),
		client.WithTransportProtocol(transport.GRPC),
		client.WithGRPCConnPoolSize(1),
		client.WithConnectTimeout(callTimeout),
		client.WithRPCTimeout(callTimeout))
	if err != nil {
		return nil, err
	}
	return unary{&kitexGRPCStub{calls, convert[protobuf.Order](sampleOrder())}}, nil
}

func (s *kitexGRPCStub) echo(body string) (string, error) {
	reply, err := s.client.Echo(context.Background(), &protobuf.Request{Body: body})
	return reply.GetBody(), err
}

func (s *kitexGRPCStub) sleep(body string) (string, error) {
	reply, err := s.client.Sleep(context.Background(), &protobuf.Request{Body: body})
	return reply.GetBody(), err
}

func (s *kitexGRPCStub) order() (int64, int, error) {
	reply, err := s.client.Order(context.Background(), s.sample)
	return reply.GetId(), len(reply.GetItems()), err
}

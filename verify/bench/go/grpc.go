package main

import (
	"context"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"windhover/bench/proto"
)

// grpcGo is grpc-go with its defaults: one connection, shared by all callers.
var grpcGo = contestant{serve: serveGRPC, dial: dialGRPC, first: "echo"}

type grpcHandler struct {
	proto.UnimplementedBenchServer
}

func (grpcHandler) Echo(_ context.Context, request *proto.Request) (*proto.Reply, error) {
	return &proto.Reply{Body: request.Body}, nil
}

func (grpcHandler) Sleep(_ context.Context, request *proto.Request) (*proto.Reply, error) {
	time.Sleep(time.Millisecond)
	return &proto.Reply{Body: request.Body}, nil
}

func (grpcHandler) Order(_ context.Context, order *proto.Order) (*proto.Order, error) {
	return order, nil
}

func serveGRPC(listener net.Listener) error {
	server := grpc.NewServer()
	proto.RegisterBenchServer(server, grpcHandler{})
	return server.Serve(listener)
}

type grpcStub struct {
	client proto.BenchClient
	sample *proto.Order
}

func dialGRPC(address string, _ int) (stub, error) {
	connection, err := grpc.NewClient(address,
		grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	return unary{&grpcStub{proto.NewBenchClient(connection), convert[proto.Order](sampleOrder())}}, nil
}

func (s *grpcStub) echo(body string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	reply, err := s.client.Echo(ctx, &proto.Request{Body: body})
	return reply.GetBody(), err
}

func (s *grpcStub) sleep(body string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	reply, err := s.client.Sleep(ctx, &proto.Request{Body: body})
	return reply.GetBody(), err
}

func (s *grpcStub) order() (int64, int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	reply, err := s.client.Order(ctx, s.sample)
	return reply.GetId(), len(reply.GetItems()), err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding/gzip"
	"google.golang.org/grpc/interop"
	pb "google.golang.org/grpc/interop/grpc_testing"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

const (
	large    = 16 << 20
	messages = 10_000
	patience = 10 * time.Second
)

type suiteCase struct {
	name string
	run  func()
}

// suite has the cases of gRPC's own.
func suite(connection *grpc.ClientConn) []suiteCase {
	client := pb.NewTestServiceClient(connection)
	of := func(run func(context.Context, pb.TestServiceClient, ...grpc.CallOption)) func() {
		return func() { run(context.Background(), client) }
	}
	return []suiteCase{
		{"empty_unary", of(interop.DoEmptyUnaryCall)},
		{"large_unary", of(interop.DoLargeUnaryCall)},
		{"client_streaming", of(interop.DoClientStreaming)},
		{"server_streaming", of(interop.DoServerStreaming)},
		{"ping_pong", of(interop.DoPingPong)},
		{"empty_stream", of(interop.DoEmptyStream)},
		{"custom_metadata", of(interop.DoCustomMetadata)},
		{"status_code_and_message", of(interop.DoStatusCodeAndMessage)},
		{"special_status_message", of(interop.DoSpecialStatusMessage)},
		{"unimplemented_method", func() { interop.DoUnimplementedMethod(context.Background(), connection) }},
		{"unimplemented_service", func() {
			interop.DoUnimplementedService(context.Background(), pb.NewUnimplementedServiceClient(connection))
		}},
		{"cancel_after_begin", of(interop.DoCancelAfterBegin)},
		{"cancel_after_first_response", of(interop.DoCancelAfterFirstResponse)},
		{"timeout_on_sleeping_server", of(interop.DoTimeoutOnSleepingServer)},
	}
}

type scenario struct {
	name string
	run  func(context.Context) error
}

// more has what the suite leaves out.
func more(client pb.TestServiceClient) []scenario {
	return []scenario{
		{"compressed both ways", func(c context.Context) error { return compressed(c, client) }},
		{"error with details", func(c context.Context) error { return details(c, client) }},
		{"16 MiB both ways", func(c context.Context) error { return largest(c, client) }},
		{"the server knows the deadline", func(c context.Context) error { return deadline(c, client) }},
		{"the server hears of a cancel", func(c context.Context) error { return cancelled(c, client) }},
		{"10,000 messages both ways", func(c context.Context) error { return many(c, client) }},
	}
}

func compressed(c context.Context, client pb.TestServiceClient) error {
	request := &pb.SimpleRequest{
		ResponseSize:       314_159,
		Payload:            &pb.Payload{Body: make([]byte, 271_828)},
		ExpectCompressed:   &pb.BoolValue{Value: true},
		ResponseCompressed: &pb.BoolValue{Value: true},
	}
	got, err := client.UnaryCall(c, request, grpc.UseCompressor(gzip.Name))
	return expect(len(got.GetPayload().GetBody()), err, 314_159)
}

func details(c context.Context, client pb.TestServiceClient) error {
	said := &pb.EchoStatus{Code: int32(codes.FailedPrecondition), Message: "not yet, 不"}
	_, err := client.UnaryCall(c, &pb.SimpleRequest{ResponseStatus: said})
	told := status.Convert(err)
	if told.Code() != codes.FailedPrecondition || told.Message() != said.Message || len(told.Details()) != 1 {
		return fmt.Errorf("got %v with %v", err, told.Details())
	}
	detail, _ := told.Details()[0].(*wrapperspb.StringValue)
	return expect(detail.GetValue(), nil, said.Message)
}

func largest(c context.Context, client pb.TestServiceClient) error {
	request := &pb.SimpleRequest{ResponseSize: large, Payload: &pb.Payload{Body: make([]byte, large)}}
	got, err := client.UnaryCall(c, request)
	return expect(len(got.GetPayload().GetBody()), err, large)
}

func deadline(c context.Context, client pb.TestServiceClient) error {
	c, cancel := context.WithTimeout(c, patience)
	defer cancel()
	got, err := client.UnaryCall(c, &pb.SimpleRequest{FillUsername: true})
	if err != nil {
		return err
	}
	left, err := strconv.ParseInt(got.Username, 10, 64)
	return expect(left > 0 && left <= patience.Milliseconds(), err, true)
}

func cancelled(c context.Context, client pb.TestServiceClient) error {
	ask := &pb.SimpleRequest{FillOauthScope: true}
	if _, err := client.UnaryCall(c, ask); err != nil { // which forgets others
		return err
	}
	cancellable, cancel := context.WithCancel(c)
	defer cancel()
	stream, err := client.FullDuplexCall(cancellable)
	if err != nil {
		return err
	}
	if err := ping(stream, 1); err != nil {
		return err
	}
	cancel()
	ending := ""
	for end := time.Now().Add(patience); ending == "" && time.Now().Before(end); {
		got, err := client.UnaryCall(c, ask)
		if err != nil {
			return err
		}
		ending = got.OauthScope
	}
	return expect(ending, nil, "cancelled")
}

func ping(stream pb.TestService_FullDuplexCallClient, bytes int32) error {
	request := &pb.StreamingOutputCallRequest{ResponseParameters: []*pb.ResponseParameters{{Size: bytes}}}
	if err := stream.Send(request); err != nil {
		return err
	}
	got, err := stream.Recv()
	return expect(len(got.GetPayload().GetBody()), err, int(bytes))
}

func many(c context.Context, client pb.TestServiceClient) error {
	stream, err := client.FullDuplexCall(c)
	if err != nil {
		return err
	}
	request := &pb.StreamingOutputCallRequest{ResponseParameters: []*pb.ResponseParameters{{Size: 100}}}
	sent := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < messages && err == nil; i++ {
			err = stream.Send(request)
		}
		sent <- errors.Join(err, stream.CloseSend())
	}()
	received := 0
	for ; ; received++ {
		if _, err = stream.Recv(); err != nil {
			break
		}
	}
	if err != io.EOF {
		return err
	}
	return expect(received, <-sent, messages)
}

func expect[T comparable](got T, err error, want T) error {
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("got %v, want %v", got, want)
	}
	return nil
}

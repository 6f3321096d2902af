package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/client/callopt"
	"github.com/cloudwego/kitex/client/callopt/streamcall"
	"github.com/cloudwego/kitex/pkg/remote/codec/protobuf/encoding/gzip"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2/metadata"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2/status"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"windhover/interop/kitex_gen/interop/echoes"
)

// maxMessage is what our servers and clients take, unless told otherwise.
const maxMessage = 16 << 20

// flowScenarios are of Protobuf over gRPC.
var flowScenarios = []scenario{
	{"metadata in both directions", lookAround},
	{"text under a key that ends like bytes", func(c ctx, s *stubs) (string, error) {
		got, err := s.echoes.Tell(metainfo.WithValue(c, "SEAL_BIN", "no way, 不"), &echoes.Text{Text: "SEAL_BIN"})
		return "", expect(got.GetText(), err, "no way, 不")
	}},
	{"every status", everyStatus},
	{"error with a detail", errorWithDetail},
	{"the server knows the deadline", func(c ctx, s *stubs) (string, error) {
		seen, err := s.flows.Look(c, &echoes.Nothing{}, callopt.WithRPCTimeout(3*time.Second))
		if err != nil || seen.TimeoutMillis <= 0 || seen.TimeoutMillis > 3000 {
			return "", fmt.Errorf("%v ms, %v", seen.GetTimeoutMillis(), err)
		}
		return "", nil
	}},
	{"the deadline ends the handler", func(c ctx, s *stubs) (string, error) {
		_, err := s.flows.Wait(c, &echoes.Nothing{}, callopt.WithRPCTimeout(300*time.Millisecond))
		if !timedOut(err) {
			return "", fmt.Errorf("got %v, want a timeout", err)
		}
		return ended(c, s)
	}},
	{"a cancelled call ends the handler", cancelCall},
	{"message of 16 MiB", func(c ctx, s *stubs) (string, error) {
		return "", echoOrder(c, s, &echoes.Order{Seal: bytes.Repeat([]byte{7}, maxMessage-5)})
	}},
	{"reply over 16 MiB", func(c ctx, s *stubs) (string, error) {
		_, err := s.echoes.Grow(c, &echoes.Order{Id: maxMessage})
		if status.Code(err) != 8 {
			return "", fmt.Errorf("got %v, want RESOURCE_EXHAUSTED", err)
		}
		return "", echoOrder(c, s, &echoes.Order{Id: 1})
	}},
	{"call with gzip", func(c ctx, s *stubs) (string, error) {
		sent := &echoes.Order{Seal: make([]byte, 1<<19)}
		got, err := s.echoes.EchoOrder(c, sent, callopt.WithGRPCCompressor(gzip.Name))
		if err := expect(len(got.GetSeal()), err, len(sent.Seal)); err != nil {
			return "", err
		}
		seen, err := s.flows.Look(c, &echoes.Nothing{}, callopt.WithGRPCCompressor(gzip.Name))
		return "", expect(seen != nil, err, true)
	}},
	{"stream with gzip", func(c ctx, s *stubs) (string, error) {
		return chat(c, s, strings.Repeat("no way, 不", 1000), streamcall.WithGRPCCompressor(gzip.Name))
	}},
	{"client stream of Protobuf", gather},
	{"server stream of Protobuf", scatter},
	{"both ways, in Protobuf", func(c ctx, s *stubs) (string, error) { return chat(c, s, "no way, 不") }},
}

func lookAround(c ctx, s *stubs) (string, error) {
	blob := "\x00\xff\x80,"
	var header, trailer metadata.MD
	c = nphttp2.GRPCTrailer(nphttp2.GRPCHeader(c, &header), &trailer)
	c = metadata.AppendToOutgoingContext(c, "X-Name", "a name", "x-bytes-bin", blob)
	seen, err := s.flows.Look(c, &echoes.Nothing{})
	if err != nil {
		return "", err
	}
	return "", errors.Join(
		expect(string(seen.Metadata["x-name"]), nil, "a name"),
		expect(string(seen.Metadata["x-bytes-bin"]), nil, blob),
		expect(header.Get("x-head"), nil, []string{"a name"}),
		expect(trailer.Get("x-tail-bin"), nil, []string{blob}))
}

func everyStatus(c ctx, s *stubs) (string, error) {
	for code := int32(1); code <= 16; code++ {
		_, err := s.flows.Refuse(c, &echoes.Failure{Code: code, Text: "no way, 不"})
		got, known := status.FromError(err)
		if !known || int32(got.Code()) != code || !strings.HasPrefix(got.Message(), "no way, 不") {
			return "", fmt.Errorf("got %v, want %d", err, code)
		}
	}
	return "", nil
}

func errorWithDetail(c ctx, s *stubs) (string, error) {
	_, err := s.flows.Refuse(c, &echoes.Failure{Code: 9, Text: "no way", Kind: "detail, 不"})
	got, _ := status.FromError(err)
	details := got.Details()
	if got.Code() != 9 || len(details) != 1 {
		return "", fmt.Errorf("got %v with %v", err, details)
	}
	detail, _ := details[0].(*wrapperspb.StringValue)
	return "", expect(detail.GetValue(), nil, "detail, 不")
}

// ended expects that a call of Wait has begun and ended, and returns how.
func ended(c ctx, s *stubs) (string, error) {
	begun, err := s.flows.Tidings(c, &echoes.Nothing{})
	if err := expect(begun.GetText(), err, "begun"); err != nil {
		return "", err
	}
	end, err := s.flows.Tidings(c, &echoes.Nothing{})
	return end.GetText(), err
}

func cancelCall(c ctx, s *stubs) (string, error) {
	waiting, cancel := context.WithCancel(c)
	defer cancel()
	var failure error
	var call sync.WaitGroup
	call.Add(1)
	go func() {
		defer call.Done()
		_, failure = s.flows.Wait(waiting, &echoes.Nothing{})
	}()
	begun, err := s.flows.Tidings(c, &echoes.Nothing{})
	if err := expect(begun.GetText(), err, "begun"); err != nil {
		return "", err
	}
	cancel()
	call.Wait()
	if failure == nil {
		return "", errors.New("a reply after the call was cancelled")
	}
	end, err := s.flows.Tidings(c, &echoes.Nothing{})
	return end.GetText(), err
}

func gather(c ctx, s *stubs) (string, error) {
	stream, err := s.flows.Gather(c)
	if err != nil {
		return "", err
	}
	for range 1000 {
		if err := stream.Send(c, &echoes.Text{Text: "不"}); err != nil {
			return "", err
		}
	}
	got, err := stream.CloseAndRecv(c)
	return "", expect(got.GetText(), err, strings.Repeat("不", 1000))
}

func scatter(c ctx, s *stubs) (string, error) {
	stream, err := s.flows.Scatter(c, &echoes.Order{Id: 1000, Buyer: "Zoë"})
	if err != nil {
		return "", err
	}
	for range 1000 {
		got, err := stream.Recv(c)
		if err := expect(got.GetText(), err, "Zoë"); err != nil {
			return "", err
		}
	}
	_, err = stream.Recv(c)
	return "", expect(err, nil, io.EOF)
}

func chat(c ctx, s *stubs, text string, options ...streamcall.Option) (string, error) {
	stream, err := s.flows.Chat(c, options...)
	if err != nil {
		return "", err
	}
	for _, sent := range []string{text, "", text + text} {
		if err := stream.Send(c, &echoes.Text{Text: sent}); err != nil {
			return "", err
		}
		got, err := stream.Recv(c)
		if err := expect(got.GetText(), err, sent); err != nil {
			return "", err
		}
	}
	if err := stream.CloseSend(c); err != nil {
		return "", err
	}
	_, err = stream.Recv(c)
	return "", expect(err, nil, io.EOF)
}

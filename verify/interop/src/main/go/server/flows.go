package main

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"time"

	"github.com/cloudwego/kitex/pkg/remote"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2/codes"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2/metadata"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2/status"
	"github.com/cloudwego/kitex/pkg/rpcinfo"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"windhover/interop/kitex_gen/interop/echoes"
)

// zip does what Kitex' package encoding/gzip does, but only where it is registered: a server with that
// package compresses every reply to a client that reads gzip.
type zip struct{}

func (zip) Name() string                                   { return "gzip" }
func (zip) Compress(out io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(out), nil }
func (zip) Decompress(in io.Reader) (io.Reader, error)     { return gzip.NewReader(in) }

// flowsHandler keeps what calls of Wait have to tell.
type flowsHandler struct {
	tidings chan string
}

func newFlowsHandler() *flowsHandler { return &flowsHandler{make(chan string, 100)} }

func (*flowsHandler) Look(c ctx, _ *echoes.Nothing) (*echoes.Seen, error) {
	seen := &echoes.Seen{
		Metadata:      map[string][]byte{},
		TimeoutMillis: timeout(c).Milliseconds(),
		Compressed:    remote.GetRecvCompressor(rpcinfo.GetRPCInfo(c)) == "gzip",
	}
	came, _ := metadata.FromIncomingContext(c)
	for key, values := range came {
		seen.Metadata[key] = []byte(values[0])
	}
	if name := came.Get("x-name"); len(name) > 0 {
		must(nphttp2.SetHeader(c, metadata.Pairs("x-head", name[0])))
	}
	if bytes := came.Get("x-bytes-bin"); len(bytes) > 0 {
		must(nphttp2.SetTrailer(c, metadata.Pairs("x-tail-bin", bytes[0])))
	}
	return seen, nil
}

func (*flowsHandler) Refuse(_ ctx, failure *echoes.Failure) (*echoes.Nothing, error) {
	refusal := status.New(codes.Code(failure.Code), failure.Text)
	if failure.Kind != "" {
		var err error
		if refusal, err = refusal.WithDetails(wrapperspb.String(failure.Kind)); err != nil {
			return nil, err
		}
	}
	return nil, refusal.Err()
}

func (h *flowsHandler) Wait(c ctx, _ *echoes.Nothing) (*echoes.Nothing, error) {
	h.tidings <- "begun"
	select {
	case <-c.Done():
		h.tidings <- c.Err().Error()
		return nil, ended(c)
	case <-time.After(patience):
		return nil, errors.New("was to be cancelled")
	}
}

// ended is what a handler returns whose context has ended: of a deadline Kitex would make INTERNAL.
func ended(c ctx) error {
	if errors.Is(c.Err(), context.DeadlineExceeded) {
		return status.Err(codes.DeadlineExceeded, c.Err().Error())
	}
	return c.Err()
}

func (h *flowsHandler) Tidings(ctx, *echoes.Nothing) (*echoes.Text, error) {
	select {
	case tidings := <-h.tidings:
		return &echoes.Text{Text: tidings}, nil
	case <-time.After(patience):
		return nil, errors.New("no call waits")
	}
}

func (*flowsHandler) Gather(c ctx, stream echoes.Flows_GatherServer) error {
	all := &echoes.Text{}
	for {
		text, err := stream.Recv(c)
		if err == io.EOF {
			return stream.SendAndClose(c, all)
		}
		if err != nil {
			return err
		}
		all.Text += text.Text
	}
}

func (*flowsHandler) Scatter(c ctx, order *echoes.Order, stream echoes.Flows_ScatterServer) error {
	for range order.Id {
		if err := stream.Send(c, &echoes.Text{Text: order.Buyer}); err != nil {
			return err
		}
	}
	return nil
}

func (*flowsHandler) Chat(c ctx, stream echoes.Flows_ChatServer) error {
	for {
		text, err := stream.Recv(c)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(c, text); err != nil {
			return err
		}
	}
}

package main

import (
	"context"
	"fmt"
	"io"
	"net"

	"github.com/cloudwego/kitex/client"
	"github.com/cloudwego/kitex/pkg/transmeta"
	"github.com/cloudwego/kitex/server"
	"github.com/cloudwego/kitex/transport"

	"windhover/bench/kitex_gen/streams"
	streamsservice "windhover/bench/kitex_gen/streams/streams"
)

// streamMessages are those of one call of the work "stream".
const streamMessages = 1000

// kitexStreams is Kitex over TTHeader Streaming, by its default on GOMAXPROCS connections: one.
var kitexStreams = contestant{serve: serveStreams, dial: dialStreams, first: "bidi"}

type streamsHandler struct{}

func (streamsHandler) PingPong(ctx context.Context, stream streams.Streams_pingPongServer) error {
	for {
		message, err := stream.Recv(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(ctx, &streams.Message{Body: message.Body}); err != nil {
			return err
		}
	}
}

func (streamsHandler) Repeat(ctx context.Context, repeat *streams.Repeat, stream streams.Streams_repeatServer) error {
	for range repeat.Times {
		if err := stream.Send(ctx, &streams.Message{Body: repeat.Body}); err != nil {
			return err
		}
	}
	return nil
}

func serveStreams(listener net.Listener) error {
	silenceKitex()
	return streamsservice.NewServer(&streamsHandler{},
		server.WithListener(listener),
		server.WithMetaHandler(transmeta.ServerTTHeaderHandler)).Run()
}

type streamsStub struct{ client streamsservice.Client }

func dialStreams(address string, _ int) (stub, error) {
	silenceKitex()
	calls, err := streamsservice.NewClient(serviceName,
		client.WithHostPorts(address),
		client.WithTransportProtocol(transport.TTHeaderStreaming),
		client.WithMetaHandler(transmeta.ClientTTHeaderHandler),
		client.WithConnectTimeout(callTimeout))
	return streamsStub{calls}, err
}

func (s streamsStub) caller(work string, bytes int) (caller, error) {
	switch work {
	case "bidi":
		return s.pingPong(newBody(bytes))
	case "stream":
		return s.repeat(newBody(bytes)), nil
	default:
		return caller{}, fmt.Errorf("work: %s (expected: bidi, stream)", work)
	}
}

func (s streamsStub) pingPong(body *body) (caller, error) {
	ctx := context.Background()
	stream, err := s.client.PingPong(ctx)
	if err != nil {
		return caller{}, err
	}
	call := func() error {
		if err := stream.Send(ctx, &streams.Message{Body: body.text}); err != nil {
			return err
		}
		message, err := stream.Recv(ctx)
		if err != nil {
			return err
		}
		return body.check(message.Body)
	}
	end := func() error {
		if err := stream.CloseSend(ctx); err != nil {
			return err
		}
		return wantEnd(stream.Recv(ctx))
	}
	return caller{call, end}, nil
}

func (s streamsStub) repeat(body *body) caller {
	return caller{call: func() error {
		ctx := context.Background()
		stream, err := s.client.Repeat(ctx, &streams.Repeat{Times: streamMessages, Body: body.text})
		if err != nil {
			return err
		}
		for range streamMessages {
			message, err := stream.Recv(ctx)
			if err != nil {
				return err
			}
			if err := body.check(message.Body); err != nil {
				return err
			}
		}
		return wantEnd(stream.Recv(ctx))
	}}
}

func wantEnd(_ *streams.Message, err error) error {
	if err != io.EOF {
		return fmt.Errorf("end of the stream: %v (expected: %v)", err, io.EOF)
	}
	return nil
}

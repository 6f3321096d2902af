package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/client/callopt/streamcall"
	"github.com/cloudwego/kitex/pkg/streaming"

	. "windhover/interop/kitex_gen/interop/streams"
)

// streamScenarios each open one stream at least.
var streamScenarios = []scenario{
	{"server stream", func(c ctx, s *stubs) (string, error) { return countTo(c, s, 3) }},
	{"server stream of none", func(c ctx, s *stubs) (string, error) { return countTo(c, s, 0) }},
	{"server stream of 10,000", func(c ctx, s *stubs) (string, error) { return countTo(c, s, 10000) }},
	{"server stream, error", func(c ctx, s *stubs) (string, error) { return countThenFail(c, s, "fail") }},
	{"server stream, crash", func(c ctx, s *stubs) (string, error) { return countThenFail(c, s, "crash") }},
	{"server stream, business error", countThenRefuse},
	{"client stream", func(c ctx, s *stubs) (string, error) { return sum(c, s, 3) }},
	{"client stream of none", func(c ctx, s *stubs) (string, error) { return sum(c, s, 0) }},
	{"client stream of 10,000", func(c ctx, s *stubs) (string, error) { return sum(c, s, 10000) }},
	{"client stream, error", func(c ctx, s *stubs) (string, error) { return sumThen(c, s, "fail") }},
	{"client stream, business error", func(c ctx, s *stubs) (string, error) { return sumThen(c, s, "refuse") }},
	{"client stream, early answer", func(c ctx, s *stubs) (string, error) { return sumThen(c, s, "return") }},
	{"both ways", pingPong},
	{"both ways, half close", halfClose},
	{"both ways, error", func(c ctx, s *stubs) (string, error) { return chatThen(c, s, "fail") }},
	{"both ways, business error", chatThenRefuse},
	{"both ways, server returns", func(c ctx, s *stubs) (string, error) { return chatThen(c, s, "return") }},
	{"note of 1 MiB", func(c ctx, s *stubs) (string, error) {
		return "", converse(c, s, &Note{Number: 1, Text: strings.Repeat("0123456789abcdef", 1<<16)})
	}},
	{"header and trailer", headerAndTrailer},
	{"metadata of a stream", metadataOfStream},
	{"client cancels", cancelCount},
	{"client cancels, both ways", cancelChat},
	{"timeout of a stream", streamTimeout},
	{"timeout of a receive", receiveTimeout},
	{"unknown method of a stream", unknownStream},
	{"unary call beside streams", func(c ctx, s *stubs) (string, error) {
		got, err := s.streams.Ping(c, &Note{Number: 1, Text: "ping"})
		return "", expect(got, err, &Note{Number: 1, Text: "ping"})
	}},
	{"32 streams", streams32},
}

func countTo(c ctx, s *stubs, notes int32) (string, error) {
	stream, err := s.streams.Count(c, &Note{Number: notes})
	if err != nil {
		return "", err
	}
	if err := receive(c, stream, notes); err != nil {
		return "", err
	}
	_, err = stream.Recv(c)
	return "", expect(err, nil, io.EOF)
}

func receive(c ctx, stream streaming.ServerStreamingClient[Note], notes int32) error {
	for i := range notes {
		got, err := stream.Recv(c)
		if err := expect(got, err, &Note{Number: i, Text: "note"}); err != nil {
			return fmt.Errorf("note %d: %w", i, err)
		}
	}
	return nil
}

func countThenFail(c ctx, s *stubs, text string) (string, error) {
	stream, err := s.streams.Count(c, &Note{Number: 2, Text: text})
	if err != nil {
		return "", err
	}
	if err := receive(c, stream, 2); err != nil {
		return "", err
	}
	_, err = stream.Recv(c)
	return failed(err)
}

// countThenRefuse does not count notes: Kitex drops those that wait when a business error comes.
func countThenRefuse(c ctx, s *stubs) (string, error) {
	stream, err := s.streams.Count(c, &Note{Number: 2, Text: "refuse"})
	for err == nil {
		_, err = stream.Recv(c)
	}
	return "", refused(err, "no note, 不")
}

// ofServer is in every error of TTHeader Streaming that the server sent; what comes next is its own.
const ofServer = "[ttstream error, code=12001]"

// failed expects an error that the server's handler caused.
func failed(err error) (string, error) {
	if err == nil || err == io.EOF || !strings.Contains(err.Error(), ofServer) && !isInternal(err) {
		return "", fmt.Errorf("got %v, want an error of the server's handler", err)
	}
	return err.Error(), nil
}

// timedOut tells so in the words of TTHeader Streaming or of gRPC.
func timedOut(err error) bool {
	if err == nil {
		return false
	}
	text := err.Error()
	return strings.Contains(text, "timeout") || strings.Contains(text, "deadline exceeded") || strings.Contains(text, "rpc error: code = 4 ")
}

func sum(c ctx, s *stubs, notes int32) (string, error) {
	stream, err := s.streams.Sum(c)
	if err != nil {
		return "", err
	}
	want := &Note{}
	for i := range notes {
		if err := stream.Send(c, &Note{Number: i, Text: "a"}); err != nil {
			return "", err
		}
		want.Number += i
		want.Text += "a"
	}
	got, err := stream.CloseAndRecv(c)
	return "", expect(got, err, want)
}

func sumThen(c ctx, s *stubs, text string) (string, error) {
	stream, err := s.streams.Sum(c)
	if err != nil {
		return "", err
	}
	for _, note := range []*Note{{Number: 5, Text: "a"}, {Text: text}} {
		if err := stream.Send(c, note); err != nil {
			return "", err
		}
	}
	got := new(Note)
	err = stream.RecvMsg(c, got)
	switch text {
	case "refuse":
		return "", refused(err, "no note, 不")
	case "return":
		return "", expect(got, err, &Note{Number: 5, Text: "a"})
	default:
		return failed(err)
	}
}

// converse sends notes, each after the one before has come back, and closes the stream.
func converse(c ctx, s *stubs, notes ...*Note) error {
	stream, err := s.streams.Chat(c)
	if err != nil {
		return err
	}
	for _, note := range notes {
		if err := stream.Send(c, note); err != nil {
			return err
		}
		got, err := stream.Recv(c)
		if err := expect(got, err, note); err != nil {
			return err
		}
	}
	return bye(c, stream)
}

func bye(c ctx, stream streaming.BidiStreamingClient[Note, Note]) error {
	if err := stream.CloseSend(c); err != nil {
		return err
	}
	got, err := stream.Recv(c)
	if err := expect(got, err, &Note{Text: "bye"}); err != nil {
		return err
	}
	_, err = stream.Recv(c)
	return expect(err, nil, io.EOF)
}

func pingPong(c ctx, s *stubs) (string, error) {
	return "", converse(c, s, &Note{Number: 1, Text: "中"}, &Note{Number: -1}, &Note{})
}

// halfClose sends all before it receives anything.
func halfClose(c ctx, s *stubs) (string, error) {
	stream, err := s.streams.Chat(c)
	if err != nil {
		return "", err
	}
	for i := range 3 {
		if err := stream.Send(c, &Note{Number: int32(i)}); err != nil {
			return "", err
		}
	}
	if err := stream.CloseSend(c); err != nil {
		return "", err
	}
	for i := range 3 {
		got, err := stream.Recv(c)
		if err := expect(got, err, &Note{Number: int32(i)}); err != nil {
			return "", err
		}
	}
	return "", bye(c, stream)
}

func chatThen(c ctx, s *stubs, text string) (string, error) {
	stream, err := s.streams.Chat(c)
	if err != nil {
		return "", err
	}
	first := &Note{Number: 1, Text: "first"}
	for _, note := range []*Note{first, {Text: text}} {
		if err := stream.Send(c, note); err != nil {
			return "", err
		}
	}
	got, err := stream.Recv(c)
	if err := expect(got, err, first); err != nil {
		return "", err
	}
	_, err = stream.Recv(c)
	if text == "return" {
		return "", expect(err, nil, io.EOF)
	}
	return failed(err)
}

func chatThenRefuse(c ctx, s *stubs) (string, error) {
	stream, err := s.streams.Chat(c)
	if err != nil {
		return "", err
	}
	err = stream.Send(c, &Note{Text: "refuse"})
	if err == nil {
		_, err = stream.Recv(c)
	}
	return "", refused(err, "no note, 不")
}

func headerAndTrailer(c ctx, s *stubs) (string, error) {
	stream, err := s.streams.Count(c, &Note{Number: 2})
	if err != nil {
		return "", err
	}
	header, err := stream.Header()
	if err != nil || header["opened-by"] == "" {
		return "", fmt.Errorf("header: %v, %v", header, err)
	}
	if err := receive(c, stream, 2); err != nil {
		return "", err
	}
	_, err = stream.Recv(c)
	if err := expect(err, nil, io.EOF); err != nil {
		return "", err
	}
	trailer, err := stream.Trailer()
	return "", expect(trailer["notes"], err, "2")
}

func metadataOfStream(c ctx, s *stubs) (string, error) {
	c = metainfo.WithPersistentValue(metainfo.WithValue(c, "KEY", "hop"), "KEY", "all")
	stream, err := s.streams.Count(c, &Note{})
	if err != nil {
		return "", err
	}
	header, err := stream.Header()
	if err != nil {
		return "", err
	}
	_, err = stream.Recv(c)
	if err := expect(err, nil, io.EOF); err != nil {
		return "", err
	}
	return "", expect(header["transient"]+", "+header["persistent"], nil, "hop, all")
}

func cancelCount(c ctx, s *stubs) (string, error) {
	c, cancel := context.WithCancel(c)
	defer cancel()
	stream, err := s.streams.Count(c, &Note{Number: 1, Text: "wait"})
	if err != nil {
		return "", err
	}
	if err := receive(c, stream, 1); err != nil {
		return "", err
	}
	cancel()
	if _, err := stream.Recv(c); err == nil || err == io.EOF {
		return "", fmt.Errorf("got %v after cancel", err)
	}
	return s.streams.Ending(context.Background())
}

func cancelChat(c ctx, s *stubs) (string, error) {
	c, cancel := context.WithCancel(c)
	defer cancel()
	stream, err := s.streams.Chat(c)
	if err != nil {
		return "", err
	}
	if err := stream.Send(c, &Note{Number: 1}); err != nil {
		return "", err
	}
	if _, err := stream.Recv(c); err != nil {
		return "", err
	}
	cancel()
	if _, err := stream.Recv(c); err == nil || err == io.EOF {
		return "", fmt.Errorf("got %v after cancel", err)
	}
	return s.streams.Ending(context.Background())
}

func streamTimeout(c ctx, s *stubs) (string, error) {
	c, cancel := context.WithTimeout(c, 100*time.Millisecond)
	defer cancel()
	stream, err := s.streams.Count(c, &Note{Number: 1, Text: "wait"})
	if err != nil {
		return "", err
	}
	if err := receive(c, stream, 1); err != nil {
		return "", err
	}
	if _, err := stream.Recv(c); !timedOut(err) {
		return "", fmt.Errorf("got %v, want a timeout", err)
	}
	return s.streams.Ending(context.Background())
}

func receiveTimeout(c ctx, s *stubs) (string, error) {
	stream, err := s.streams.Count(c, &Note{Number: 1, Text: "wait"}, streamcall.WithRecvTimeoutConfig(streaming.TimeoutConfig{Timeout: 100 * time.Millisecond}))
	if err != nil {
		return "", err
	}
	if err := receive(c, stream, 1); err != nil {
		return "", err
	}
	if _, err := stream.Recv(c); !timedOut(err) {
		return "", fmt.Errorf("got %v, want a timeout", err)
	}
	return s.streams.Ending(c)
}

// unknownStream asks a service for a stream that this server does not have.
func unknownStream(c ctx, s *stubs) (string, error) {
	c, cancel := context.WithTimeout(c, 500*time.Millisecond)
	defer cancel()
	stream, err := s.unknown.Stray(c, &Note{})
	if err != nil {
		return "", err
	}
	_, err = stream.Recv(c)
	if errors.Is(c.Err(), context.DeadlineExceeded) {
		return "no answer", nil
	}
	if err == nil || !strings.Contains(err.Error(), ofServer) && !strings.Contains(err.Error(), "unknown service") {
		return "", fmt.Errorf("got %v, want an error of the server", err)
	}
	return "answered", nil
}

func streams32(c ctx, s *stubs) (string, error) {
	failures := make([]error, 32)
	var all sync.WaitGroup
	for i := range failures {
		all.Add(1)
		go func() {
			defer all.Done()
			notes := make([]*Note, 50)
			for n := range notes {
				notes[n] = &Note{Number: int32(n), Text: fmt.Sprint("stream ", i)}
			}
			failures[i] = converse(c, s, notes...)
		}()
	}
	all.Wait()
	return "", errors.Join(failures...)
}

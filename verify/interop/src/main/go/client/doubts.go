package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/client/callopt/streamcall"

	"windhover/interop/kitex_gen/interop/streams"
)

// doubtScenarios are what Kitex's sources left open; the details say how it is.
var doubtScenarios = []scenario{
	{"name of a persistent value", func(c ctx, s *stubs) (string, error) {
		seen, err := s.calls.Hop(metainfo.WithPersistentValue(c, "RetryReq", "1"), nil, 0)
		if err != nil {
			return "", err
		}
		var names []string
		for name := range seen.PersistentValues {
			names = append(names, name)
		}
		slices.Sort(names)
		return strings.Join(names, ", "), nil
	}},
	{"arguments", func(c ctx, s *stubs) (string, error) {
		got, err := s.interop.EchoI32(c, 0x11223344)
		return "", expect(got, err, int32(0x11223344))
	}},
	{"stream of no service", unknownStream},
	{"streams to a dead address", streamsToNowhere},
}

// streamsToNowhere opens more streams than a client has connections.
func streamsToNowhere(c ctx, s *stubs) (string, error) {
	for attempt := range 20 {
		opened := make(chan error, 1)
		go func() {
			_, err := s.streams.Count(c, &streams.Note{}, streamcall.WithHostPort("127.0.0.1:1"))
			opened <- err
		}()
		select {
		case err := <-opened:
			if err == nil {
				return "", errors.New("opened a stream to nowhere")
			}
		case <-time.After(2 * time.Second):
			if attempt == 0 {
				return "", context.DeadlineExceeded
			}
			return "the second hangs", nil
		}
	}
	return "each fails", nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/client/callopt"

	"windhover/interop/kitex_gen/interop/calls"
	"windhover/interop/kitex_gen/interop/streams"
)

// chainScenarios call a server that calls another one.
var chainScenarios = []scenario{
	{"transient metadata goes one hop", func(c ctx, s *stubs) (string, error) {
		seen, err := hop(metainfo.WithValue(c, "KEY", "first"), s)
		if err := expect(seen.TransientValues["KEY"], err, "first"); err != nil {
			return "", err
		}
		if err := expect(seen.Next.TransientValues["KEY"], nil, ""); err != nil {
			return "", err
		}
		return told(seen.Next.TransientValues["HOP"], seen.Peer)
	}},
	{"persistent metadata goes every hop", func(c ctx, s *stubs) (string, error) {
		seen, err := hop(metainfo.WithPersistentValue(c, "KEY", "all the way"), s)
		if err := expect(seen.PersistentValues["KEY"], err, "all the way"); err != nil {
			return "", err
		}
		return told(seen.Next.PersistentValues["KEY"], "all the way")
	}},
	{"a hop adds persistent metadata", func(c ctx, s *stubs) (string, error) {
		seen, err := hop(metainfo.WithPersistentValue(c, "VIA", caller), s)
		if err := expect(seen.PersistentValues["VIA"], err, caller); err != nil {
			return "", err
		}
		return told(seen.Next.PersistentValues["VIA"], seen.Peer)
	}},
	{"backward metadata comes one hop", func(c ctx, s *stubs) (string, error) {
		c = metainfo.WithBackwardValues(c)
		seen, err := hop(c, s)
		if err := expect(seen.BackwardValues["ANSWERED"], err, seen.Next.Peer); err != nil {
			return "", err
		}
		return told(metainfo.RecvAllBackwardValues(c)["ANSWERED"], seen.Peer)
	}},
	{"a hop is the caller of the next", func(c ctx, s *stubs) (string, error) {
		seen, err := hop(c, s)
		if err := expect(seen.Caller, err, caller); err != nil {
			return "", err
		}
		return told(seen.Next.Caller, seen.Peer)
	}},
	{"the deadline goes every hop", func(c ctx, s *stubs) (string, error) {
		seen, err := hop(c, s, callopt.WithRPCTimeout(3*time.Second))
		if err != nil {
			return "", err
		}
		if seen.TimeoutMillis <= 0 || seen.TimeoutMillis > 3000 {
			return "", fmt.Errorf("got %d ms", seen.TimeoutMillis)
		}
		if seen.Next.TimeoutMillis > seen.TimeoutMillis {
			return "not told", nil
		}
		return "told", nil
	}},
	{"a business error passes a hop", func(c ctx, s *stubs) (string, error) {
		_, err := s.calls.Hop(c, s.route, 404)
		return "told", refused(err, "no way, 不")
	}},
}

// relayScenarios do so with streams.
var relayScenarios = []scenario{
	{"cancelling a stream goes every hop", cancelRelay},
}

func hop(c ctx, s *stubs, options ...callopt.Option) (*calls.Seen, error) {
	seen, err := s.calls.Hop(c, s.route, 0, options...)
	if err == nil && seen.Next == nil {
		err = fmt.Errorf("%s did not call %v", seen.Peer, s.route)
	}
	if err != nil {
		return &calls.Seen{Next: &calls.Seen{}}, err
	}
	return seen, nil
}

// cancelRelay expects the last hop to know the path.
func cancelRelay(c ctx, s *stubs) (string, error) {
	relayed, cancel := context.WithCancel(c)
	defer cancel()
	stream, err := s.streams.Relay(relayed, &streams.Note{Number: 1, Text: s.route[0]})
	if err != nil {
		return "", err
	}
	if err := receive(relayed, stream, 1); err != nil {
		return "", err
	}
	cancel()
	if _, err := stream.Recv(relayed); err == nil {
		return "", errors.New("a note after the stream was cancelled")
	}
	if _, err := s.streams.Ending(c); err != nil {
		return "", fmt.Errorf("first hop: %w", err)
	}
	ending, err := s.streams.Ending(c, callopt.WithHostPort(s.route[0]))
	if err == nil && !strings.Contains(ending, caller+" -> ") {
		err = fmt.Errorf("the last hop saw %q", ending)
	}
	return "told", err
}

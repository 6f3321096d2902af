package main

import (
	"errors"
	"fmt"
	"sync"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/pkg/kerrors"
)

// callScenarios are about what goes along with a call.
var callScenarios = []scenario{
	{"name of the caller", func(c ctx, s *stubs) (string, error) {
		seen, err := s.calls.Hop(c, nil, 0)
		if err != nil {
			return "", err
		}
		return told(seen.Caller, caller)
	}},
	{"transient metadata", func(c ctx, s *stubs) (string, error) {
		seen, err := s.calls.Hop(metainfo.WithValue(c, "KEY", "transient, 值"), nil, 0)
		if err != nil {
			return "", err
		}
		return told(seen.TransientValues["KEY"], "transient, 值")
	}},
	{"persistent metadata", func(c ctx, s *stubs) (string, error) {
		seen, err := s.calls.Hop(metainfo.WithPersistentValue(c, "KEY", "persistent, 值"), nil, 0)
		if err != nil {
			return "", err
		}
		return told(seen.PersistentValues["KEY"], "persistent, 值")
	}},
	{"backward metadata", func(c ctx, s *stubs) (string, error) {
		c = metainfo.WithBackwardValues(c)
		seen, err := s.calls.Hop(c, nil, 0)
		if err != nil {
			return "", err
		}
		return told(metainfo.RecvAllBackwardValues(c)["ANSWERED"], seen.Peer)
	}},
	{"metadata of 32 callers", metadataOfCallers},
	{"large metadata", largeMetadata},
	{"business error", businessError},
}

func told(got, want string) (string, error) {
	switch got {
	case want:
		return "told", nil
	case "":
		return "not told", nil
	default:
		return "", fmt.Errorf("got %q, want %q", got, want)
	}
}

// metadataOfCallers has callers of one client that must not see each other's values.
func metadataOfCallers(c ctx, s *stubs) (string, error) {
	details := make([]string, 32)
	failures := make([]error, len(details))
	var all sync.WaitGroup
	for i := range details {
		all.Add(1)
		go func() {
			defer all.Done()
			value := fmt.Sprint("caller ", i)
			for range 20 {
				seen, err := s.calls.Hop(metainfo.WithValue(c, "KEY", value), nil, 0)
				if err == nil {
					details[i], err = told(seen.TransientValues["KEY"], value)
				}
				if err != nil {
					failures[i] = err
					return
				}
			}
		}()
	}
	all.Wait()
	return details[0], errors.Join(failures...)
}

// largeMetadata has a hundred values of a hundred bytes.
func largeMetadata(c ctx, s *stubs) (string, error) {
	for i := range 100 {
		c = metainfo.WithPersistentValue(c, fmt.Sprint("KEY_", i), fmt.Sprintf("%0100d", i))
	}
	seen, err := s.calls.Hop(c, nil, 0)
	if err != nil {
		return "", err
	}
	for i := range 100 {
		detail, err := told(seen.PersistentValues[fmt.Sprint("KEY_", i)], fmt.Sprintf("%0100d", i))
		if err != nil || detail != "told" {
			return detail, err
		}
	}
	return "told", nil
}

func businessError(c ctx, s *stubs) (string, error) {
	seen, err := s.calls.Hop(c, nil, 404)
	if err == nil {
		return "lost", expect(seen == nil, nil, true)
	}
	if _, isBusiness := kerrors.FromBizStatusError(err); !isBusiness {
		return "refused", s.interop.Nothing(c)
	}
	if err := refused(err, "no way, 不"); err != nil {
		return "", err
	}
	return "told", s.interop.Nothing(c)
}

func refused(err error, text string) error {
	refusal, isBusiness := kerrors.FromBizStatusError(err)
	if !isBusiness {
		return fmt.Errorf("got %v, want a business error", err)
	}
	if refusal.BizStatusCode() != 404 || refusal.BizMessage() != text || refusal.BizExtra()["by"] == "" {
		return fmt.Errorf("got %d %q %v", refusal.BizStatusCode(), refusal.BizMessage(), refusal.BizExtra())
	}
	return nil
}

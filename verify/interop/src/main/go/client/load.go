package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// loadTime is how long a load lasts.
var loadTime time.Duration

// loadScenarios are for a server that stops meanwhile. The first goes on, and needs discovery and a
// second server; the second is a single call of each caller.
var loadScenarios = []scenario{
	{"load", func(c ctx, s *stubs) (string, error) {
		end := time.Now().Add(loadTime)
		return load(c, s, 20, func() bool { return time.Now().Before(end) })
	}},
	{"calls in flight", func(c ctx, s *stubs) (string, error) {
		return load(c, s, int32(loadTime.Milliseconds()), func() bool { return false })
	}},
}

func load(c ctx, s *stubs, millis int32, goOn func() bool) (string, error) {
	const callers = 16
	var calls atomic.Int64
	failures := make(chan error, callers)
	var all sync.WaitGroup
	for range callers {
		all.Add(1)
		go func() {
			defer all.Done()
			for first := true; first || goOn(); first = false {
				got, err := s.interop.Sleep(c, millis)
				if err := expect(got, err, "slept"); err != nil {
					failures <- fmt.Errorf("after %d calls: %w", calls.Load(), err)
					return
				}
				calls.Add(1)
			}
		}()
	}
	all.Wait()
	close(failures)
	return fmt.Sprint(calls.Load(), " calls"), <-failures
}

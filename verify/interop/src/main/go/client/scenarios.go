package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/cloudwego/kitex/client/callopt"
	"github.com/cloudwego/kitex/pkg/kerrors"

	. "windhover/interop/kitex_gen/interop/everything"
	"windhover/interop/kitex_gen/interop/newer"
	"windhover/interop/kitex_gen/interop/older"
	"windhover/interop/kitex_gen/interop/shared"
	"windhover/interop/sample"
	"windhover/interop/values"
)

const callTimeout = 10 * time.Second

type ctx = context.Context

// A scenario returns a detail worth a look, or what went wrong.
type scenario struct {
	name string
	run  func(ctx, *stubs) (string, error)
}

var scenarios = []scenario{
	{"bool", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoBool, true, false) }},
	{"byte", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoByte, 0, 127, -128, -1) }},
	{"i16", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoI16, 0, math.MaxInt16, math.MinInt16, -1)
	}},
	{"i32", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoI32, 0, math.MaxInt32, math.MinInt32, -1)
	}},
	{"i64", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoI64, 0, math.MaxInt64, math.MinInt64, -1)
	}},
	{"double", doubleBits},
	{"string", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoString, values.Texts...) }},
	{"binary", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoBinary, values.Blobs...) }},
	{"enum", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoColor, values.Colors...) }},
	{"list", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoNames, Names{}, Names{"", "a", "中"})
	}},
	{"set", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoSet, []int64{}, []int64{3, 1, 2}) }},
	{"map", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoMap, map[string]int32{}, map[string]int32{"": 0, "a": -1, "中": 1})
	}},
	{"struct", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoScalars, values.Scalars()...) }},
	{"struct of lists", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoLists, values.Lists(0), values.Lists(3))
	}},
	{"struct of sets", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoSets, values.Sets(0), values.Sets(3))
	}},
	{"struct of maps", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoMaps, values.Maps(0), values.Maps(3))
	}},
	{"nested containers", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoNested, values.Nested(0), values.Nested(2))
	}},
	{"requiredness", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoRequiredness, values.Untouched(), values.Full())
	}},
	{"union", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoChoice, values.Choices()...) }},
	{"recursive struct", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoTree, values.Tree(0), values.Tree(4))
	}},
	{"deep struct", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoTree, values.Tree(50)) }},
	{"string of 1 MiB", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoString, values.Large()) }},
	{"binary of 1 MiB", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoBinary, []byte(values.Large())) }},
	{"lists of 10,000", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoLists, values.Lists(values.Many)) }},
	{"sets of 10,000", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoSets, values.Sets(values.Many)) }},
	{"maps of 10,000", func(c ctx, s *stubs) (string, error) { return echo(c, s.interop.EchoMaps, values.Maps(values.Many)) }},
	{"nested of 10,000", func(c ctx, s *stubs) (string, error) {
		return echo(c, s.interop.EchoNested, values.Nested(values.Many))
	}},
	{"several arguments", severalArguments},
	{"void", func(c ctx, s *stubs) (string, error) { return "", s.interop.Nothing(c) }},
	{"declared exception", declaredException},
	{"exception of a void method", exceptionOfVoid},
	{"failing handler", func(c ctx, s *stubs) (string, error) { return fails(c, s, s.interop.Fail) }},
	{"crashing handler", func(c ctx, s *stubs) (string, error) { return fails(c, s, s.interop.Crash) }},
	{"oneway", oneway},
	{"timeout at the client", timeoutAtClient},
	{"timeout seen by the server", timeoutAtServer},
	{"unknown service", unknownService},
	{"unknown method", unknownMethod},
	{"second service", func(c ctx, s *stubs) (string, error) {
		got, err := s.second.Reverse(c, "a中🪁")
		return "", expect(got, err, "🪁中a")
	}},
	{"method name of two services", methodOfTwoServices},
	{"newer client, older server", newerClient},
	{"older client, newer server", olderClient},
	{"32 callers", callers},
}

func echo[T any](c ctx, call func(ctx, T, ...callopt.Option) (T, error), samples ...T) (string, error) {
	for _, value := range samples {
		got, err := call(c, value)
		if err := expect(got, err, value); err != nil {
			return "", err
		}
	}
	return "", nil
}

func expect(got any, err error, want any) error {
	if err == nil && !reflect.DeepEqual(got, want) {
		return fmt.Errorf("got %.100v, want %.100v", got, want)
	}
	return err
}

func doubleBits(c ctx, s *stubs) (string, error) {
	for _, value := range values.Doubles {
		got, err := s.interop.EchoDouble(c, value)
		if err := expect(math.Float64bits(got), err, math.Float64bits(value)); err != nil {
			return "", err
		}
	}
	return "", nil
}

func severalArguments(c ctx, s *stubs) (string, error) {
	got, err := s.interop.Join(c, "a", 2, Names{"b", "中"}, true)
	return "", expect(got, err, "中 b a a")
}

func declaredException(c ctx, s *stubs) (string, error) {
	if got, err := s.interop.RefuseText(c, 0); err != nil || got != "accepted" {
		return "", fmt.Errorf("code 0: %v, %v", got, err)
	}
	_, refused := s.interop.RefuseText(c, 7)
	_, missing := s.interop.RefuseText(c, -7)
	return "", exceptions(refused, missing)
}

func exceptionOfVoid(c ctx, s *stubs) (string, error) {
	if err := s.interop.Refuse(c, 0); err != nil {
		return "", err
	}
	return "", exceptions(s.interop.Refuse(c, 7), s.interop.Refuse(c, -7))
}

func exceptions(first, second error) error {
	var refused *Refused
	if !errors.As(first, &refused) {
		return fmt.Errorf("got %v, want Refused", first)
	}
	if err := expect(refused, nil, &Refused{Code: 7, Reason: "no, 不", Where: &shared.Point{X: 1, Y: 2}}); err != nil {
		return err
	}
	var missing *shared.Missing
	if !errors.As(second, &missing) {
		return fmt.Errorf("got %v, want Missing", second)
	}
	return expect(missing, nil, &shared.Missing{What: "it", Labels: shared.Labels{"code": "negative"}})
}

// fails expects an error from the server, and that the next call is well.
func fails(c ctx, s *stubs, call func(ctx, string, ...callopt.Option) (string, error)) (string, error) {
	_, failure := call(c, "broken, 坏")
	if !errors.Is(failure, kerrors.ErrRemoteOrNetwork) || !strings.Contains(failure.Error(), "[remote]") && !isInternal(failure) {
		return "", fmt.Errorf("got %v, want an error of the server", failure)
	}
	return failure.Error(), s.interop.Nothing(c)
}

// isInternal tells whether this is gRPC's status of a handler that has failed.
func isInternal(err error) bool {
	return err != nil && strings.Contains(err.Error(), "rpc error: code = 13 ")
}

func oneway(c ctx, s *stubs) (string, error) {
	before, err := s.interop.Ticks(c)
	if err != nil {
		return "", err
	}
	if err := s.interop.Tick(c, 5); err != nil {
		return "", err
	}
	for patience := time.Now().Add(callTimeout); time.Now().Before(patience); time.Sleep(20 * time.Millisecond) {
		if now, err := s.interop.Ticks(c); err != nil || now == before+5 {
			return "", err
		}
	}
	return "", errors.New("the oneway call did not arrive")
}

func timeoutAtClient(c ctx, s *stubs) (string, error) {
	start := time.Now()
	_, err := s.interop.Sleep(c, 1000, callopt.WithRPCTimeout(100*time.Millisecond))
	if waited := time.Since(start); !errors.Is(err, kerrors.ErrRPCTimeout) || waited > 900*time.Millisecond {
		return "", fmt.Errorf("after %v: %v", waited, err)
	}
	got, err := s.interop.Sleep(c, 1)
	return "", expect(got, err, "slept")
}

func timeoutAtServer(c ctx, s *stubs) (string, error) {
	millis, err := s.interop.Timeout(c, callopt.WithRPCTimeout(3*time.Second))
	if 0 < millis && millis <= 3000 {
		return "told", err
	}
	return "not told", err
}

func unknownService(c ctx, s *stubs) (string, error) {
	_, failure := s.absent.Absent(c, "x")
	return unknown(c, s, failure)
}

func unknownMethod(c ctx, s *stubs) (string, error) {
	_, failure := s.newer.Cancel(c, 1)
	return unknown(c, s, failure)
}

func unknown(c ctx, s *stubs, failure error) (string, error) {
	if failure == nil || !strings.Contains(failure.Error(), "unknown") {
		return "", fmt.Errorf("got %v, want unknown service or method", failure)
	}
	return failure.Error(), s.interop.Nothing(c)
}

// Without a service name in the frame, the one answers that the server falls back to.
func methodOfTwoServices(c ctx, s *stubs) (string, error) {
	first, err := s.interop.WhoAmI(c)
	if err != nil {
		return "", err
	}
	second, err := s.second.WhoAmI(c)
	return first + ", " + second, err
}

func newerClient(c ctx, s *stubs) (string, error) {
	sent := sample.Upgrade(&newer.Order{Id: 1, Lines: []*newer.Line{{Article: "a"}, {Article: "b"}}})
	got, err := s.newer.Echo(c, sent)
	if err != nil {
		return "", err
	}
	if reflect.DeepEqual(got, sent) {
		return "newer fields kept", nil
	}
	want := &newer.Order{Id: 1, Status: newer.Status_SHIPPED, Lines: []*newer.Line{{Article: "a"}, {Article: "b"}}}
	return "newer fields dropped", expect(got, nil, want)
}

func olderClient(c ctx, s *stubs) (string, error) {
	sent := &older.Order{Id: 1, Status: older.Status_PAID, Lines: []*older.Line{{Article: "a"}, {Article: "b"}}}
	got, err := s.older.Echo(c, sent)
	sent.Status = older.Status(newer.Status_SHIPPED)
	return "", expect(got, err, sent)
}

func callers(c ctx, s *stubs) (string, error) {
	const callers, calls = 32, 100
	failures := make(chan error, callers)
	var all sync.WaitGroup
	for caller := range callers {
		all.Add(1)
		go func() {
			defer all.Done()
			for call := range calls {
				text := fmt.Sprintf("caller %d, call %d ", caller, call) + strings.Repeat("中", call)
				got, err := s.interop.EchoString(c, text)
				if err := expect(got, err, text); err != nil {
					failures <- err
					return
				}
			}
		}()
	}
	all.Wait()
	close(failures)
	return "", <-failures
}

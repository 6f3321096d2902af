package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cloudwego/kitex/pkg/rpcinfo"

	"windhover/interop/kitex_gen/interop/everything"
	"windhover/interop/kitex_gen/interop/newer"
	"windhover/interop/kitex_gen/interop/older"
	"windhover/interop/kitex_gen/interop/shared"
	"windhover/interop/sample"
)

type ctx = context.Context

type interopHandler struct {
	ticks atomic.Int64
}

func (h *interopHandler) WhoAmI(ctx) (string, error) { return "Interop", nil }

func (h *interopHandler) Tick(_ ctx, ticks shared.Ticks) error {
	h.ticks.Add(ticks)
	return nil
}

func (h *interopHandler) Ticks(ctx) (shared.Ticks, error) { return h.ticks.Load(), nil }

func (h *interopHandler) EchoBool(_ ctx, v bool) (bool, error)                  { return v, nil }
func (h *interopHandler) EchoByte(_ ctx, v int8) (int8, error)                  { return v, nil }
func (h *interopHandler) EchoI16(_ ctx, v int16) (int16, error)                 { return v, nil }
func (h *interopHandler) EchoI32(_ ctx, v int32) (int32, error)                 { return v, nil }
func (h *interopHandler) EchoI64(_ ctx, v int64) (int64, error)                 { return v, nil }
func (h *interopHandler) EchoDouble(_ ctx, v float64) (float64, error)          { return v, nil }
func (h *interopHandler) EchoString(_ ctx, v string) (string, error)            { return v, nil }
func (h *interopHandler) EchoBinary(_ ctx, v []byte) ([]byte, error)            { return v, nil }
func (h *interopHandler) EchoColor(_ ctx, v shared.Color) (shared.Color, error) { return v, nil }
func (h *interopHandler) EchoSet(_ ctx, v []int64) ([]int64, error)             { return v, nil }

func (h *interopHandler) EchoNames(_ ctx, v everything.Names) (everything.Names, error) {
	return v, nil
}

func (h *interopHandler) EchoMap(_ ctx, v map[string]int32) (map[string]int32, error) {
	return v, nil
}

func (h *interopHandler) EchoScalars(_ ctx, v *everything.Scalars) (*everything.Scalars, error) {
	return v, nil
}

func (h *interopHandler) EchoLists(_ ctx, v *everything.Lists) (*everything.Lists, error) {
	return v, nil
}

func (h *interopHandler) EchoSets(_ ctx, v *everything.Sets) (*everything.Sets, error) {
	return v, nil
}

func (h *interopHandler) EchoMaps(_ ctx, v *everything.Maps) (*everything.Maps, error) {
	return v, nil
}

func (h *interopHandler) EchoNested(_ ctx, v *everything.Nested) (*everything.Nested, error) {
	return v, nil
}

func (h *interopHandler) EchoRequiredness(_ ctx, v *everything.Requiredness) (*everything.Requiredness, error) {
	return v, nil
}

func (h *interopHandler) EchoChoice(_ ctx, v *everything.Choice) (*everything.Choice, error) {
	return v, nil
}

func (h *interopHandler) EchoTree(_ ctx, v *everything.Tree) (*everything.Tree, error) {
	return v, nil
}

func (h *interopHandler) Join(_ ctx, text string, times int32, names everything.Names, reversed bool) (string, error) {
	words := strings.Split(strings.Repeat(text+",", int(times))+strings.Join(names, ","), ",")
	if reversed {
		slices.Reverse(words)
	}
	return strings.Join(words, " "), nil
}

func (h *interopHandler) Nothing(ctx) error { return nil }

func (h *interopHandler) Refuse(_ ctx, code int32) error {
	switch {
	case code > 0:
		return &everything.Refused{Code: code, Reason: "no, 不", Where: &shared.Point{X: 1, Y: 2}}
	case code < 0:
		return &shared.Missing{What: "it", Labels: shared.Labels{"code": "negative"}}
	default:
		return nil
	}
}

func (h *interopHandler) RefuseText(c ctx, code int32) (string, error) {
	return "accepted", h.Refuse(c, code)
}

func (h *interopHandler) Fail(_ ctx, text string) (string, error) { return "", errors.New(text) }

func (h *interopHandler) Crash(_ ctx, text string) (string, error) { panic(text) }

func (h *interopHandler) Sleep(_ ctx, millis int32) (string, error) {
	time.Sleep(time.Duration(millis) * time.Millisecond)
	return "slept", nil
}

func (h *interopHandler) Timeout(c ctx) (int64, error) { return timeout(c).Milliseconds(), nil }

// timeout is in a call's configuration over TTHeader, and a deadline of its context over gRPC.
func timeout(c ctx) time.Duration {
	if deadline, known := c.Deadline(); known {
		return time.Until(deadline)
	}
	return rpcinfo.GetRPCInfo(c).Config().RPCTimeout()
}

type secondHandler struct{}

func (*secondHandler) WhoAmI(ctx) (string, error) { return "Second", nil }

func (*secondHandler) Reverse(_ ctx, text string) (string, error) {
	runes := []rune(text)
	slices.Reverse(runes)
	return string(runes), nil
}

type olderHandler struct{}

func (*olderHandler) Echo(_ ctx, order *older.Order) (*older.Order, error) { return order, nil }

type newerHandler struct{}

func (*newerHandler) Echo(_ ctx, order *newer.Order) (*newer.Order, error) {
	if order.Text == nil {
		return sample.Upgrade(order), nil
	}
	return order, nil
}

func (*newerHandler) Cancel(ctx, int64) (bool, error) { return true, nil }

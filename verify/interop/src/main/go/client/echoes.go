package main

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/pkg/kerrors"
	"github.com/cloudwego/kitex/pkg/remote"
	"github.com/cloudwego/kitex/pkg/remote/trans/nphttp2/status"

	"windhover/interop/kitex_gen/interop/echoes"
)

// echoScenarios are those of the service in Protobuf.
var echoScenarios = []scenario{
	{"message with everything", func(c ctx, s *stubs) (string, error) { return "", echoOrder(c, s, order()) }},
	{"message of defaults", func(c ctx, s *stubs) (string, error) { return "", echoOrder(c, s, &echoes.Order{}) }},
	{"arms of a oneof", armsOfAOneof},
	{"zero in a oneof", zeroInAOneof},
	{"empty message", func(c ctx, s *stubs) (string, error) {
		got, err := s.echoes.Nop(c, &echoes.Nothing{})
		return "", expect(got != nil, err, true)
	}},
	{"large request", func(c ctx, s *stubs) (string, error) {
		return "", echoOrder(c, s, &echoes.Order{Seal: bytes.Repeat([]byte{7}, 3<<20)})
	}},
	{"large response", func(c ctx, s *stubs) (string, error) {
		got, err := s.echoes.Grow(c, &echoes.Order{Id: 3 << 20})
		return "", expect(len(got.GetText()), err, 3<<20)
	}},
	{"32 callers", orderOfCallers},
	{"error of a handler", func(c ctx, s *stubs) (string, error) { return fail(c, s, "error", 0) }},
	{"error with a number", func(c ctx, s *stubs) (string, error) { return fail(c, s, "number", 4711) }},
	{"handler that crashes", func(c ctx, s *stubs) (string, error) { return fail(c, s, "crash", 0) }},
	{"unknown method", func(c ctx, s *stubs) (string, error) {
		_, err := s.outsiders.Vanish(c, &echoes.Nothing{})
		return answered(err)
	}},
	{"business status", businessStatus},
	{"transient metadata", func(c ctx, s *stubs) (string, error) {
		got, err := s.echoes.Tell(metainfo.WithValue(c, "KEY", "transient, 值"), &echoes.Text{Text: "KEY"})
		if err != nil {
			return "", err
		}
		return told(got.GetText(), "transient, 值")
	}},
	{"backward metadata", func(c ctx, s *stubs) (string, error) {
		c = metainfo.WithBackwardValues(c)
		if _, err := s.echoes.Tell(c, &echoes.Text{Text: "KEY"}); err != nil {
			return "", err
		}
		return present(metainfo.RecvAllBackwardValues(c)["ANSWERED"]), nil
	}},
	{"Thrift on the same port", func(c ctx, s *stubs) (string, error) { return "", s.interop.Nothing(c) }},
}

func order() *echoes.Order {
	gift := false
	return &echoes.Order{
		Id:    -1,
		Buyer: "Zoë 中 \U0001F600",
		Lines: []*echoes.Order_Line{
			{Article: "a", Pieces: -5, Codes: []int64{0, 1, -1, 1 << 62}},
			{},
		},
		ByShelf:  map[string]*echoes.Order_Line{"": {Pieces: 1}, "k": {Article: "b"}},
		Notes:    map[int32]string{0: "zero", -1: "", 7: "seven"},
		State:    echoes.Order_STATE_SENT,
		Payment:  &echoes.Order_Card{Card: "4711"},
		Seal:     []byte{0, 0xff, 0x80},
		Gift:     &gift,
		Weight:   -0.5,
		Discount: 1.25,
		Balance:  -1 << 31,
		Stamp:    1<<64 - 1,
		Ticks:    []bool{true, false, true},
		Parent:   &echoes.Order{Parent: &echoes.Order{Id: 3}},
	}
}

func echoOrder(c ctx, s *stubs, sent *echoes.Order) error {
	got, err := s.echoes.EchoOrder(c, sent)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(got, sent) {
		return fmt.Errorf("got %v, want %v", got, sent)
	}
	return nil
}

func armsOfAOneof(c ctx, s *stubs) (string, error) {
	return "", errors.Join(
		echoOrder(c, s, &echoes.Order{Payment: &echoes.Order_Invoice{Invoice: 1 << 63}}),
		echoOrder(c, s, &echoes.Order{Payment: &echoes.Order_Barter{Barter: &echoes.Order_Line{Pieces: 2}}}))
}

// zeroInAOneof is not the absence of it.
func zeroInAOneof(c ctx, s *stubs) (string, error) {
	got, err := s.echoes.EchoOrder(c, &echoes.Order{Payment: &echoes.Order_Card{}})
	if err != nil {
		return "", err
	}
	if got.Payment == nil {
		return "lost", nil
	}
	return "kept", nil
}

func orderOfCallers(c ctx, s *stubs) (string, error) {
	failures := make([]error, 32)
	var all sync.WaitGroup
	for i := range failures {
		all.Add(1)
		go func() {
			defer all.Done()
			for call := range 20 {
				if err := echoOrder(c, s, &echoes.Order{Id: int64(i*100 + call), Buyer: "x"}); err != nil {
					failures[i] = err
					return
				}
			}
		}()
	}
	all.Wait()
	return "", errors.Join(failures...)
}

// fail returns the number of the error, and whether the text came along.
func fail(c ctx, s *stubs, kind string, code int32) (string, error) {
	_, err := s.echoes.Fail(c, &echoes.Failure{Kind: kind, Code: code, Text: "no way, 不"})
	detail, failure := answered(err)
	if err != nil && strings.Contains(err.Error(), "no way, 不") {
		detail += ", with its text"
	}
	return detail, errors.Join(failure, echoOrder(c, s, &echoes.Order{Id: 1}))
}

// answered returns the number of an error that the server sent; over gRPC, the code of its status.
func answered(err error) (string, error) {
	var remoteError *remote.TransError
	if errors.As(err, &remoteError) {
		return fmt.Sprint(remoteError.TypeID()), nil
	}
	var withStatus status.Iface
	if errors.As(err, &withStatus) {
		return fmt.Sprint(uint32(withStatus.GRPCStatus().Code())), nil
	}
	return "", fmt.Errorf("got %v, want an error of the server", err)
}

func businessStatus(c ctx, s *stubs) (string, error) {
	_, err := s.echoes.Fail(c, &echoes.Failure{Kind: "business", Code: 404, Text: "no way, 不"})
	again := echoOrder(c, s, &echoes.Order{Id: 1})
	if err == nil {
		return "lost", again
	}
	if _, isBusiness := kerrors.FromBizStatusError(err); !isBusiness {
		return "refused", again
	}
	return "told", errors.Join(refused(err, "no way, 不"), again)
}

func present(value string) string {
	if value == "" {
		return "not told"
	}
	return "told"
}

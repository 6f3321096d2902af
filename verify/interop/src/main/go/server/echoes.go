package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/pkg/kerrors"
	"github.com/cloudwego/kitex/pkg/remote"

	"windhover/interop/kitex_gen/interop/echoes"
)

// echoesHandler is of the service in Protobuf.
type echoesHandler struct{}

func (*echoesHandler) EchoOrder(_ ctx, order *echoes.Order) (*echoes.Order, error) { return order, nil }

func (*echoesHandler) Nop(_ ctx, _ *echoes.Nothing) (*echoes.Nothing, error) {
	return &echoes.Nothing{}, nil
}

func (*echoesHandler) Grow(_ ctx, order *echoes.Order) (*echoes.Text, error) {
	return &echoes.Text{Text: strings.Repeat("x", int(order.Id))}, nil
}

func (*echoesHandler) Fail(_ ctx, failure *echoes.Failure) (*echoes.Text, error) {
	switch failure.Kind {
	case "error":
		return nil, errors.New(failure.Text)
	case "number":
		return nil, remote.NewTransErrorWithMsg(failure.Code, failure.Text)
	case "business":
		return nil, kerrors.NewBizStatusErrorWithExtra(failure.Code, failure.Text, map[string]string{"by": peer})
	case "crash":
		panic(failure.Text)
	}
	return nil, fmt.Errorf("kind: %s", failure.Kind)
}

func (*echoesHandler) Tell(c ctx, key *echoes.Text) (*echoes.Text, error) {
	metainfo.SendBackwardValue(c, "ANSWERED", peer)
	value, _ := metainfo.GetValue(c, key.Text)
	return &echoes.Text{Text: value}, nil
}

package main

import (
	"time"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/client"
	"github.com/cloudwego/kitex/pkg/kerrors"
	"github.com/cloudwego/kitex/pkg/rpcinfo"
	"github.com/cloudwego/kitex/pkg/transmeta"
	"github.com/cloudwego/kitex/transport"

	"windhover/interop/kitex_gen/interop/calls"
	callsclient "windhover/interop/kitex_gen/interop/calls/calls"
)

// peer is the name by which hops know this one.
const peer = "kitex"

type callsHandler struct{}

func (*callsHandler) Hop(c ctx, route []string, refusal int32) (*calls.Seen, error) {
	metainfo.SendBackwardValue(c, "ANSWERED", peer)
	seen := seen(c)
	if len(route) == 0 {
		if refusal != 0 {
			return nil, kerrors.NewBizStatusErrorWithExtra(refusal, "no way, 不", map[string]string{"by": peer})
		}
		return seen, nil
	}
	next, backward, err := forward(c, route, refusal)
	seen.Next, seen.BackwardValues = next, backward
	return seen, err
}

func seen(c ctx) *calls.Seen {
	info := rpcinfo.GetRPCInfo(c)
	return &calls.Seen{
		Peer:             peer,
		Caller:           info.From().ServiceName(),
		TimeoutMillis:    timeout(c).Milliseconds(),
		TransientValues:  metainfo.GetAllValues(c),
		PersistentValues: metainfo.GetAllPersistentValues(c),
	}
}

func forward(c ctx, route []string, refusal int32) (*calls.Seen, map[string]string, error) {
	next, err := callsclient.NewClient("calls", clientOptions(route[0], transport.TTHeaderFramed)...)
	if err != nil {
		return nil, nil, err
	}
	c = metainfo.WithValue(c, "HOP", peer)
	c = metainfo.WithPersistentValue(c, "VIA", peer)
	c = metainfo.WithBackwardValues(c)
	seen, err := next.Hop(c, route[1:], refusal)
	return seen, metainfo.RecvAllBackwardValues(c), err
}

func clientOptions(address string, protocol transport.Protocol) []client.Option {
	return []client.Option{
		client.WithHostPorts(address),
		client.WithClientBasicInfo(&rpcinfo.EndpointBasicInfo{ServiceName: peer}),
		client.WithTransportProtocol(protocol),
		client.WithMetaHandler(transmeta.ClientTTHeaderHandler),
		client.WithConnectTimeout(5 * time.Second),
		client.WithRPCTimeout(8 * time.Second),
	}
}

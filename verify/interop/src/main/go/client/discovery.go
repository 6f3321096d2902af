package main

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/cloudwego/kitex/client"
	"github.com/cloudwego/kitex/pkg/discovery"
	"github.com/cloudwego/kitex/pkg/loadbalance"
	"github.com/cloudwego/kitex/pkg/loadbalance/lbcache"
	"github.com/cloudwego/kitex/pkg/rpcinfo"
)

const refreshInterval = 50 * time.Millisecond

// A fileResolver takes addresses from a file, one a line, and looks again as often as a client asks.
type fileResolver string

func discover(file string) []client.Option {
	return []client.Option{
		client.WithResolver(fileResolver(file)),
		client.WithLoadBalancer(loadbalance.NewWeightedRoundRobinBalancer(), &lbcache.Options{RefreshInterval: refreshInterval}),
	}
}

func (f fileResolver) Name() string { return string(f) }

func (f fileResolver) Target(context.Context, rpcinfo.EndpointInfo) string { return string(f) }

func (f fileResolver) Resolve(context.Context, string) (discovery.Result, error) {
	text, err := os.ReadFile(string(f))
	if err != nil {
		return discovery.Result{}, err
	}
	result := discovery.Result{Cacheable: true, CacheKey: string(f)}
	for _, address := range strings.Fields(string(text)) {
		result.Instances = append(result.Instances, discovery.NewInstance("tcp", address, 10, nil))
	}
	return result, nil
}

func (f fileResolver) Diff(key string, before, after discovery.Result) (discovery.Change, bool) {
	return discovery.DefaultDiff(key, before, after)
}

// A Kitex client for the interop tests. It runs every scenario of a theme, or the one named, against
// the server given and prints "<scenario> <TAB> ok|FAILED <TAB> <detail>", one a line.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/cloudwego/kitex/client"
	"github.com/cloudwego/kitex/pkg/remote/codec"
	"github.com/cloudwego/kitex/pkg/rpcinfo"
	"github.com/cloudwego/kitex/pkg/transmeta"
	"github.com/cloudwego/kitex/transport"

	"windhover/interop/kitex_gen/interop/calls/calls"
	"windhover/interop/kitex_gen/interop/echoes/echoes"
	"windhover/interop/kitex_gen/interop/echoes/flows"
	"windhover/interop/kitex_gen/interop/echoes/outsiders"
	"windhover/interop/kitex_gen/interop/everything/absent"
	"windhover/interop/kitex_gen/interop/everything/interop"
	"windhover/interop/kitex_gen/interop/everything/second"
	newer "windhover/interop/kitex_gen/interop/newer/orders"
	older "windhover/interop/kitex_gen/interop/older/orders"
	"windhover/interop/kitex_gen/interop/streams/strangers"
	"windhover/interop/kitex_gen/interop/streams/streams"
)

// caller is the name that servers are told.
const caller = "kitex-client"

// stubs are the services of one server. The two of Orders talk to the server of the other version.
type stubs struct {
	route     []string // behind the server
	interop   interop.Client
	second    second.Client
	absent    absent.Client
	newer     newer.Client
	older     older.Client
	calls     calls.Client
	streams   streams.Client
	unknown   strangers.Client
	echoes    echoes.Client
	flows     flows.Client
	outsiders outsiders.Client
}

// transports that leave out Framed, which is the default, have to take it away first: an option adds
// to what was there, PurePayload alone replaces it.
var transports = map[string][]client.Option{
	"buffered":        {client.WithTransportProtocol(transport.PurePayload)},
	"framed":          {client.WithTransportProtocol(transport.Framed)},
	"ttheader":        {client.WithTransportProtocol(transport.PurePayload), client.WithTransportProtocol(transport.TTHeader)},
	"ttheader-framed": {client.WithTransportProtocol(transport.TTHeaderFramed)},
	"ttheader-checked": {
		client.WithTransportProtocol(transport.TTHeaderFramed),
		client.WithCodec(codec.NewDefaultCodecWithConfig(codec.CodecConfig{CRC32Check: true})),
	},
	"ttheader-mux":       {client.WithTransportProtocol(transport.TTHeaderFramed), client.WithMuxConnection(1)},
	"grpc":               {client.WithTransportProtocol(transport.GRPC), client.WithMetaHandler(transmeta.ClientHTTP2Handler)},
	"http":               {client.WithHTTPConnection()},
	"ttheader-streaming": {client.WithTransportProtocol(transport.TTHeaderStreaming)},
}

// themes are lists of scenarios.
var themes = map[string][]scenario{
	"values":   scenarios,
	"calls":    callScenarios,
	"chain":    chainScenarios,
	"protobuf": echoScenarios,
	"grpc":     flowScenarios,
	"doubts":   doubtScenarios,
	"load":     loadScenarios,
	"streams":  streamScenarios,
	"relay":    relayScenarios,
}

func main() {
	address := flag.String("main", "", "address of the server of interop.thrift and older/orders.thrift")
	newerAddress := flag.String("newer", "", "address of the server of newer/orders.thrift")
	route := flag.String("route", "", "addresses of the servers behind that one, with commas")
	name := flag.String("transport", "framed", "a name of transports")
	theme := flag.String("theme", "values", "a name of themes")
	discovery := flag.String("discovery", "", "a file of addresses, one a line, in place of main")
	flag.DurationVar(&loadTime, "for", time.Second, "how long the load lasts")
	only := flag.String("only", "", "the one scenario to run")
	flag.Parse()

	options, known := transports[*name]
	if !known {
		fmt.Fprintln(os.Stderr, "transport:", *name)
		os.Exit(2)
	}
	if *discovery != "" {
		options = append(options, discover(*discovery)...)
	}
	s := connect(options, *address, *newerAddress)
	s.route = strings.Split(*route, ",")
	for _, scenario := range themes[*theme] {
		if *only == "" || *only == scenario.name {
			result, detail := run(s, scenario)
			fmt.Printf("%s\t%s\t%s\n", scenario.name, result, detail)
		}
	}
}

func connect(transport []client.Option, address, newerAddress string) *stubs {
	to := func(address string) []client.Option {
		return append([]client.Option{
			client.WithHostPorts(address),
			client.WithClientBasicInfo(&rpcinfo.EndpointBasicInfo{ServiceName: caller}),
			client.WithMetaHandler(transmeta.ClientTTHeaderHandler),
			client.WithConnectTimeout(5 * time.Second),
			client.WithRPCTimeout(callTimeout),
		}, transport...)
	}
	return &stubs{
		interop:   interop.MustNewClient("interop", to(address)...),
		second:    second.MustNewClient("interop", to(address)...),
		absent:    absent.MustNewClient("interop", to(address)...),
		newer:     newer.MustNewClient("orders", to(address)...),
		older:     older.MustNewClient("orders", to(newerAddress)...),
		calls:     calls.MustNewClient("calls", to(address)...),
		streams:   streams.MustNewClient("streams", to(address)...),
		unknown:   strangers.MustNewClient("streams", to(address)...),
		echoes:    echoes.MustNewClient("echoes", to(address)...),
		flows:     flows.MustNewClient("flows", to(address)...),
		outsiders: outsiders.MustNewClient("echoes", to(address)...),
	}
}

func run(s *stubs, scenario scenario) (result, detail string) {
	defer func() {
		if failure := recover(); failure != nil {
			result, detail = "FAILED", line(fmt.Sprint("panic: ", failure))
		}
	}()
	detail, err := scenario.run(context.Background(), s)
	if err != nil {
		return "FAILED", line(err.Error())
	}
	return "ok", line(detail)
}

// line makes text fit one short line.
func line(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 300 {
		text = text[:300] + "..."
	}
	return text
}

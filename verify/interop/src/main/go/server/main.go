// A Kitex server for the interop tests. It prints "main <address>" and "newer <address>", one a
// line, and serves until its standard input ends or it gets a SIGTERM; then it stops gracefully.
package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"github.com/cloudwego/kitex/pkg/remote/codec"
	"github.com/cloudwego/kitex/pkg/remote/codec/protobuf/encoding"
	"github.com/cloudwego/kitex/pkg/rpcinfo"
	"github.com/cloudwego/kitex/pkg/transmeta"
	"github.com/cloudwego/kitex/server"

	"windhover/interop/kitex_gen/interop/calls/calls"
	"windhover/interop/kitex_gen/interop/echoes/echoes"
	"windhover/interop/kitex_gen/interop/echoes/flows"
	"windhover/interop/kitex_gen/interop/everything/interop"
	"windhover/interop/kitex_gen/interop/everything/second"
	newer "windhover/interop/kitex_gen/interop/newer/orders"
	older "windhover/interop/kitex_gen/interop/older/orders"
	"windhover/interop/kitex_gen/interop/streams/streams"
)

// exitWait is what clients that hold on to their connections get, and calls that still run.
const exitWait = time.Second

func main() {
	mux := flag.Bool("mux", false, "serve connections that carry many calls at once, and no others")
	zipped := flag.Bool("gzip", false, "read gzip over gRPC, and write it to whoever reads it")
	checked := flag.Bool("checked", false, "check the CRC32C of payloads, and send it")
	flag.Parse()

	if *zipped {
		encoding.RegisterCompressor(zip{})
	}
	var options []server.Option
	if *mux {
		options = append(options, server.WithMuxTransport())
	}
	if *checked {
		options = append(options, server.WithCodec(codec.NewDefaultCodecWithConfig(codec.CodecConfig{CRC32Check: true})))
	}
	var running sync.WaitGroup
	main := start(&running, "main", options, func(s server.Server) {
		must(interop.RegisterService(s, &interopHandler{}, server.WithFallbackService()))
		must(second.RegisterService(s, &secondHandler{}))
		must(older.RegisterService(s, &olderHandler{}))
		must(calls.RegisterService(s, &callsHandler{}))
		must(echoes.RegisterService(s, &echoesHandler{}))
		must(flows.RegisterService(s, newFlowsHandler()))
		must(streams.RegisterService(s, newStreamsHandler()))
	})
	newer := start(&running, "newer", options, func(s server.Server) {
		must(newer.RegisterService(s, &newerHandler{}))
	})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop(main)
		stop(newer)
	}()
	running.Wait()
}

func start(running *sync.WaitGroup, name string, options []server.Option, register func(server.Server)) server.Server {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	s := server.NewServer(append([]server.Option{
		server.WithListener(listener),
		server.WithServerBasicInfo(&rpcinfo.EndpointBasicInfo{ServiceName: peer}),
		server.WithMetaHandler(transmeta.ServerTTHeaderHandler),
		server.WithMetaHandler(transmeta.ServerHTTP2Handler),
		server.WithExitWaitTime(exitWait),
		server.WithCompatibleMiddlewareForUnary(), // as generated NewServer does, for unary calls over gRPC
	}, options...)...)
	register(s)
	running.Add(1)
	go func() {
		defer running.Done()
		must(s.Run()) // which stops it on SIGTERM
	}()
	fmt.Println(name, listener.Addr())
	return s
}

func stop(s server.Server) {
	if err := s.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop:", err)
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

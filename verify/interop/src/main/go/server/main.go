// A Kitex server for the interop tests. It prints "main <address>" and "newer <address>", one a
// line, and serves until its standard input ends.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"github.com/cloudwego/kitex/pkg/transmeta"
	"github.com/cloudwego/kitex/server"

	"windhover/interop/kitex_gen/interop/everything/interop"
	"windhover/interop/kitex_gen/interop/everything/second"
	newer "windhover/interop/kitex_gen/interop/newer/orders"
	older "windhover/interop/kitex_gen/interop/older/orders"
)

func main() {
	main := start("main", func(s server.Server) {
		must(interop.RegisterService(s, &interopHandler{}, server.WithFallbackService()))
		must(second.RegisterService(s, &secondHandler{}))
		must(older.RegisterService(s, &olderHandler{}))
	})
	newer := start("newer", func(s server.Server) {
		must(newer.RegisterService(s, &newerHandler{}))
	})
	_, _ = io.Copy(io.Discard, os.Stdin)
	stop(main)
	stop(newer)
}

func start(name string, register func(server.Server)) server.Server {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	s := server.NewServer(
		server.WithListener(listener),
		server.WithMetaHandler(transmeta.ServerTTHeaderHandler),
		server.WithExitWaitTime(time.Second))
	register(s)
	go func() { must(s.Run()) }()
	fmt.Println(name, listener.Addr())
	return s
}

// stop gives clients that hold on to their connections a second.
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

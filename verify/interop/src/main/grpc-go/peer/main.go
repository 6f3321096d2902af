// grpc-go as a peer of the interop tests, with the service of gRPC's interop suite and what
// GrpcSuiteServer.java adds to it.
//
//	peer           serves: prints "main <address>", until its standard input ends
//	peer <address> calls, and prints "<scenario> <TAB> ok|FAILED <TAB> <detail>", one a line
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/interop"
	pb "google.golang.org/grpc/interop/grpc_testing"
)

const maxMessageBytes = 32 << 20

func main() {
	if len(os.Args) < 2 {
		serve()
	} else {
		call(os.Args[1])
	}
}

func serve() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	server := grpc.NewServer(grpc.MaxRecvMsgSize(maxMessageBytes))
	pb.RegisterTestServiceServer(server, &suiteServer{TestServiceServer: interop.NewTestServer()})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		server.Stop()
	}()
	fmt.Println("main", listener.Addr())
	must(server.Serve(listener))
}

func call(address string) {
	connection, err := grpc.NewClient(address,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessageBytes)))
	must(err)
	defer connection.Close()
	for _, s := range suite(connection) { // whose failures end the process
		s.run()
		report(s.name, nil)
	}
	for _, s := range more(pb.NewTestServiceClient(connection)) {
		report(s.name, s.run(context.Background()))
	}
}

func report(name string, err error) {
	if err == nil {
		fmt.Printf("%s\tok\t\n", name)
	} else {
		fmt.Printf("%s\tFAILED\t%s\n", name, strings.Join(strings.Fields(err.Error()), " "))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// The Go contestants of the bench: one program, a server or a load client by its arguments.
//
//	contestants server|client NAME PORT
//
// What it prints, and the commands it reads, are those of every contestant of the bench. It ends
// when its standard input does.
package main

import (
	"bufio"
	"fmt"
	"maps"
	"net"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// callTimeout is the timeout of every call.
const callTimeout = 10 * time.Second

// contestant is a library under load.
type contestant struct {
	// serve answers calls until the process ends.
	serve func(net.Listener) error
	// dial returns a stub for so many callers at a time.
	dial func(address string, callers int) (stub, error)
	// pooled says that each caller has a connection of its own.
	pooled bool
	// first is the work of the very first call.
	first string
}

// stub makes what each of its callers needs.
type stub interface {
	caller(work string, bytes int) (caller, error)
}

// caller makes one call at a time.
type caller struct {
	// call returns nil if the reply was right.
	call func() error
	// close ends what stays open between the calls; nil if there is nothing.
	close func() error
}

func (c caller) end() error {
	if c.close == nil {
		return nil
	}
	return c.close()
}

var contestants = map[string]contestant{
	"kitex-framed":   kitexFramed,
	"kitex-ttheader": kitexTTHeader,
	"kitex-mux":      kitexMux,
	"kitex-grpc":     kitexGRPC,
	"kitex-streams":  kitexStreams,
	"grpc-go":        grpcGo,
}

func main() {
	arguments := os.Args[1:]
	if len(arguments) != 3 {
		fail("usage: contestants server|client NAME PORT")
	}
	library, known := contestants[arguments[1]]
	if !known {
		names := slices.Sorted(maps.Keys(contestants))
		fail("unknown contestant: %s (expected: %s)", arguments[1], strings.Join(names, ", "))
	}
	port, err := strconv.ParseUint(arguments[2], 10, 16)
	if err != nil {
		fail("port: %s (expected: 0..65535)", arguments[2])
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	switch arguments[0] {
	case "server":
		runServer(library, address)
	case "client":
		runClient(library, address)
	default:
		fail("role: %s (expected: server or client)", arguments[0])
	}
}

func runServer(library contestant, address string) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		fail("%v", err)
	}
	go func() {
		err := library.serve(listener)
		fail("server: %v", err)
	}()
	say("ready %d", listener.Addr().(*net.TCPAddr).Port)
	for command := range commands() {
		if command != "stats" {
			fail("command: %s (expected: stats)", command)
		}
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		say("stats %d", memory.TotalAlloc)
	}
}

func runClient(library contestant, address string) {
	callers := 1
	peer, err := library.dial(address, callers)
	if err != nil {
		fail("dial: %v", err)
	}
	if err := firstCall(library, peer); err != nil {
		fail("first call: %v", err)
	}
	say("ready 0")
	for command := range commands() {
		load, err := parseLoad(command)
		if err != nil {
			fail("%v", err)
		}
		if library.pooled && load.callers > callers {
			callers = load.callers
			if peer, err = library.dial(address, callers); err != nil {
				fail("dial: %v", err)
			}
		}
		runLoad(load, peer)
	}
}

func firstCall(library contestant, peer stub) error {
	first, err := peer.caller(library.first, 64)
	if err == nil {
		err = first.call()
	}
	if err == nil {
		err = first.end()
	}
	return err
}

// commands returns the lines of standard input, and ends the process after the last.
func commands() <-chan string {
	lines := make(chan string, 16)
	go func() {
		input := bufio.NewScanner(os.Stdin)
		for input.Scan() {
			lines <- strings.TrimSpace(input.Text())
		}
		os.Exit(0)
	}()
	return lines
}

var stdout sync.Mutex

func say(format string, arguments ...any) {
	stdout.Lock()
	defer stdout.Unlock()
	if _, err := fmt.Fprintf(os.Stdout, format+"\n", arguments...); err != nil {
		os.Exit(1) // nobody listens any more
	}
}

// fail says in one line why the process ends, and ends it.
func fail(format string, arguments ...any) {
	text := strings.Join(strings.Fields(fmt.Sprintf(format, arguments...)), " ")
	say("error %s", text)
	os.Exit(1)
}

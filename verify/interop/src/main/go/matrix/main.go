// Command matrix writes structs in each protocol that generated Go has: Apache's binary and compact
// protocol, and Kitex' fast codec.
//
// A line of its input is the name of a row and the bytes of the row's struct as others wrote them, in
// the binary and in the compact protocol, in hex with tabs in between. For each it prints a line for
// every writer, twice: "built" are the bytes of the row's own struct, "echo" of what it has read.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/apache/thrift/lib/go/thrift"
	fast "github.com/cloudwego/gopkg/protocol/thrift"
)

type message interface {
	thrift.TStruct
	fast.FastCodec
	InitDefault()
}

type writer struct {
	name  string
	input int // the cell of a line that it reads
	read  func(message, []byte) error
	write func(message) ([]byte, error)
}

var writers = []writer{
	{"binary", 1, reader(binary), apache(binary)},
	{"compact", 2, reader(compact), apache(compact)},
	{"fast", 1, fastRead, fastWrite},
}

func binary(t thrift.TTransport) thrift.TProtocol { return thrift.NewTBinaryProtocolTransport(t) }

func compact(t thrift.TTransport) thrift.TProtocol { return thrift.NewTCompactProtocol(t) }

func reader(protocol func(thrift.TTransport) thrift.TProtocol) func(message, []byte) error {
	return func(value message, bytes []byte) error {
		memory := thrift.NewTMemoryBufferLen(len(bytes))
		memory.Write(bytes)
		if err := value.Read(protocol(memory)); err != nil {
			return err
		}
		return isAll(memory.Len())
	}
}

func apache(protocol func(thrift.TTransport) thrift.TProtocol) func(message) ([]byte, error) {
	return func(value message) ([]byte, error) {
		memory := thrift.NewTMemoryBuffer()
		err := value.Write(protocol(memory))
		return memory.Bytes(), err
	}
}

func fastRead(value message, bytes []byte) error {
	count, err := value.FastRead(bytes)
	if err != nil {
		return err
	}
	return isAll(len(bytes) - count)
}

func fastWrite(value message) ([]byte, error) {
	bytes := make([]byte, value.BLength())
	return bytes[:value.FastWriteNocopy(bytes, nil)], nil
}

func isAll(left int) error {
	if left != 0 {
		return fmt.Errorf("%d bytes left", left)
	}
	return nil
}

func main() {
	rows := rows()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		value, isRow := rows[cells[0]]
		for _, writer := range writers {
			if isRow {
				print(cells[0], writer.name, "built", func() ([]byte, error) { return writer.write(value) })
			}
			print(cells[0], writer.name, "echo", func() ([]byte, error) { return echo(writer, value, cells) })
		}
		delete(rows, cells[0])
	}
	if err := lines.Err(); err != nil || len(rows) > 0 {
		fmt.Fprintln(os.Stderr, "rows without a line:", reflect.ValueOf(rows).MapKeys(), err)
		os.Exit(1)
	}
}

func echo(writer writer, like message, cells []string) ([]byte, error) {
	bytes, err := hex.DecodeString(cells[writer.input])
	if err != nil {
		return nil, err
	}
	value := reflect.New(reflect.TypeOf(like).Elem()).Interface().(message)
	value.InitDefault()
	if err := writer.read(value, bytes); err != nil {
		return nil, err
	}
	return writer.write(value)
}

func print(row, writer, way string, bytes func() ([]byte, error)) {
	defer func() {
		if cause := recover(); cause != nil {
			fmt.Printf("%s\t%s\t%s\tpanic: %v\n", row, writer, way, cause)
		}
	}()
	written, err := bytes()
	text := hex.EncodeToString(written)
	if err != nil {
		text = "error: " + strings.Join(strings.Fields(err.Error()), " ")
	}
	fmt.Printf("%s\t%s\t%s\t%s\n", row, writer, way, text)
}

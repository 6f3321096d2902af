package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/bytedance/gopkg/cloud/metainfo"
	"github.com/cloudwego/kitex/pkg/kerrors"
	"github.com/cloudwego/kitex/pkg/streaming"
	"github.com/cloudwego/kitex/transport"

	. "windhover/interop/kitex_gen/interop/streams"
	streamsclient "windhover/interop/kitex_gen/interop/streams/streams"
)

// patience bounds the wait of a stream, and for its end.
const patience = 5 * time.Second

// streamsHandler keeps how streams ended that their clients cut short.
type streamsHandler struct {
	endings chan string
}

func newStreamsHandler() *streamsHandler {
	return &streamsHandler{make(chan string, 100)}
}

func (h *streamsHandler) Chat(c ctx, stream Streams_chatServer) error {
	open(c, stream)
	sent := 0
	defer func() { end(stream, sent) }()
	for {
		note, err := stream.Recv(c)
		if err == io.EOF {
			sent++
			return stream.Send(c, &Note{Text: "bye"})
		}
		if err != nil {
			h.endings <- err.Error()
			return err
		}
		if stop, err := outcome(note.Text); stop {
			return err
		}
		if err := stream.Send(c, note); err != nil {
			return err
		}
		sent++
	}
}

func (h *streamsHandler) Sum(c ctx, stream Streams_sumServer) error {
	open(c, stream)
	sum := &Note{}
	for {
		note, err := stream.Recv(c)
		if err == io.EOF {
			break
		}
		if err != nil {
			h.endings <- err.Error()
			return err
		}
		if stop, err := outcome(note.Text); err != nil {
			return err
		} else if stop {
			break
		}
		sum.Number += note.Number
		sum.Text += note.Text
	}
	end(stream, 1)
	return stream.SendAndClose(c, sum)
}

func (h *streamsHandler) Count(c ctx, order *Note, stream Streams_countServer) error {
	open(c, stream)
	end(stream, int(order.Number))
	for i := range order.Number {
		if err := stream.Send(c, &Note{Number: i, Text: "note"}); err != nil {
			return err
		}
	}
	if order.Text != "wait" {
		_, err := outcome(order.Text)
		return err
	}
	select {
	case <-c.Done():
		h.endings <- c.Err().Error()
		return ended(c)
	case <-time.After(patience):
		return errors.New("was to be cancelled")
	}
}

func (h *streamsHandler) Relay(c ctx, order *Note, stream Streams_relayServer) error {
	next, err := streamsclient.NewClient("streams", clientOptions(order.Text, transport.TTHeaderStreaming)...)
	if err != nil {
		return err
	}
	notes, err := next.Count(c, &Note{Number: order.Number, Text: "wait"})
	if err != nil {
		return err
	}
	for {
		note, err := notes.Recv(c)
		if err != nil {
			h.endings <- err.Error()
			return err
		}
		if err := stream.Send(c, note); err != nil {
			return err
		}
	}
}

func (h *streamsHandler) Ending(ctx) (string, error) {
	select {
	case ending := <-h.endings:
		return ending, nil
	case <-time.After(patience):
		return "", errors.New("no stream has ended")
	}
}

func (*streamsHandler) Ping(_ ctx, note *Note) (*Note, error) { return note, nil }

// outcome tells whether the stream ends here, and how.
func outcome(text string) (bool, error) {
	switch text {
	case "fail":
		return true, errors.New("broken, 坏")
	case "crash":
		panic("broken, 坏")
	case "refuse":
		return true, kerrors.NewBizStatusErrorWithExtra(404, "no note, 不", map[string]string{"by": peer})
	case "return":
		return true, nil
	default:
		return false, nil
	}
}

func open(c ctx, stream streaming.ServerStream) {
	header := streaming.Header{"opened-by": peer}
	if value, told := metainfo.GetPersistentValue(c, "KEY"); told {
		header["persistent"] = value
	}
	if value, told := metainfo.GetValue(c, "KEY"); told {
		header["transient"] = value
	}
	must(stream.SetHeader(header))
}

func end(stream streaming.ServerStream, sent int) {
	must(stream.SetTrailer(streaming.Trailer{"notes": fmt.Sprint(sent)}))
}

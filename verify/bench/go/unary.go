package main

import (
	"errors"
	"fmt"
)

// unary is a stub whose callers share all that they have.
type unary struct{ methods }

// methods are those of Bench. Many callers use them at once.
type methods interface {
	echo(body string) (string, error)
	sleep(body string) (string, error)
	// order sends the sample order and returns the id, and the number of items, of the reply.
	order() (id int64, items int, err error)
}

func (u unary) caller(work string, bytes int) (caller, error) {
	switch work {
	case "echo":
		return bodies(u.echo, bytes), nil
	case "sleep":
		return bodies(u.sleep, bytes), nil
	case "order":
		return caller{call: u.sendOrder}, nil
	default:
		return caller{}, fmt.Errorf("work: %s (expected: echo, sleep, order)", work)
	}
}

// bodies returns what sends a body and wants it back.
func bodies(send func(string) (string, error), bytes int) caller {
	request := newBody(bytes)
	return caller{call: func() error {
		reply, err := send(request.text)
		if err != nil {
			return err
		}
		return request.check(reply)
	}}
}

func (u unary) sendOrder() error {
	id, items, err := u.order()
	if err != nil {
		return err
	}
	if id != orderID || items != orderItems {
		return fmt.Errorf("order of the reply: id %d with %d items (expected: id %d with %d items)",
			id, items, orderID, orderItems)
	}
	return nil
}

// body is what one caller sends, and the judge of what comes back.
type body struct {
	text string
	seen bool // whether a reply was compared as a whole; of later ones the length is
}

// newBody returns a body of so many letters.
func newBody(bytes int) *body {
	letters := make([]byte, bytes)
	for i := range letters {
		letters[i] = byte('a' + i%26)
	}
	return &body{text: string(letters)}
}

func (b *body) check(reply string) error {
	if len(reply) != len(b.text) {
		return fmt.Errorf("reply: %d bytes (expected: %d)", len(reply), len(b.text))
	}
	if !b.seen && reply != b.text {
		return errors.New("reply: not the letters that were sent")
	}
	b.seen = true
	return nil
}

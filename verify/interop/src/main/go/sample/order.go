// Package sample holds what the server and the client both know.
package sample

import "windhover/interop/kitex_gen/interop/newer"

// Upgrade gives an order the status and every field that only the newer IDL has.
func Upgrade(order *newer.Order) *newer.Order {
	extra := &newer.Extra{Number: 1 << 40, Nested: map[string][]int32{"a": {1, 2, 3}}}
	order.Status = newer.Status_SHIPPED
	for i, line := range order.Lines {
		line.Count = pointer(int32(i + 1))
	}
	order.Truth = pointer(true)
	order.Tiny = pointer(int8(-8))
	order.Small = pointer(int16(-16))
	order.Medium = pointer(int32(-32))
	order.Real = pointer(6.5)
	order.Text = pointer("newer, 新")
	order.Bytes = []byte{0, 0xff}
	order.Extra = extra
	order.Extras = map[string]*newer.Extra{"b": extra}
	order.Numbers = []int64{3, 2, 1}
	order.List = []*newer.Extra{extra, extra}
	return order
}

func pointer[T any](value T) *T { return &value }

package main

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	. "windhover/interop/kitex_gen/interop/everything"
	"windhover/interop/kitex_gen/interop/shared"
)

const (
	many   = 10_000
	mebi   = 1 << 20
	emoji  = "🪁👩‍👩‍👧"
	number = shared.Color(77) // a number that Color has no name for
)

var (
	colors  = []shared.Color{shared.Color_RED, shared.Color_TOP, shared.Color_BOTTOM, number, 0}
	doubles = []float64{
		0, math.Copysign(0, -1), 1.5, math.MaxFloat64, math.SmallestNonzeroFloat64,
		math.Inf(1), math.Inf(-1), math.NaN(), math.Float64frombits(0xfff0000000000001),
	}
	texts = []string{"", "plain ascii", "风翼悬停", emoji, "\x00\u007f\u0080\u07ff\uffff", "a" + emoji + "中\n"}
	blobs = [][]byte{{}, {0}, everyByte(), bytes.Repeat([]byte{0x80, 0x01}, 50)}
)

func scalars() []*Scalars {
	return []*Scalars{
		{Bytes: []byte{}},
		{
			Truth: true, Tiny: math.MinInt8, Small: math.MinInt16, Medium: math.MinInt32, Large: math.MinInt64,
			Real: -math.MaxFloat64, Text: "低", Bytes: []byte{0x80}, Color: shared.Color_BOTTOM,
		},
		{
			Truth: true, Tiny: math.MaxInt8, Small: math.MaxInt16, Medium: math.MaxInt32, Large: math.MaxInt64,
			Real: math.MaxFloat64, Text: emoji, Bytes: everyByte(), Color: shared.Color_TOP,
		},
	}
}

func lists(n int) *Lists {
	return &Lists{
		Truths:  upTo(n, func(i int) bool { return i%3 == 0 }),
		Tinies:  upTo(n, func(i int) int8 { return int8(i) }),
		Smalls:  upTo(n, func(i int) int16 { return int16(-i) }),
		Mediums: upTo(n, func(i int) int32 { return int32(i) << 16 }),
		Larges:  upTo(n, func(i int) int64 { return math.MinInt64 + int64(i) }),
		Reals:   upTo(n, func(i int) float64 { return float64(i) / 7 }),
		Texts:   upTo(n, text),
		Bytes:   upTo(n, func(i int) []byte { return []byte(text(i)) }),
		Colors:  upTo(n, func(i int) shared.Color { return colors[i%len(colors)] }),
		Points:  upTo(n, point),
	}
}

// sets has no more elements than a type has values.
func sets(n int) *Sets {
	return &Sets{
		Truths:  upTo(min(n, 2), func(i int) bool { return i == 0 }),
		Tinies:  upTo(min(n, 256), func(i int) int8 { return int8(i) }),
		Smalls:  upTo(n, func(i int) int16 { return int16(-i) }),
		Mediums: upTo(n, func(i int) int32 { return int32(i) << 16 }),
		Larges:  upTo(n, func(i int) int64 { return math.MinInt64 + int64(i) }),
		Reals:   upTo(n, func(i int) float64 { return float64(i) / 7 }),
		Texts:   upTo(n, text),
		Bytes:   upTo(n, func(i int) []byte { return []byte(text(i)) }),
		Colors:  upTo(n, func(i int) shared.Color { return shared.Color(i) }),
		Points:  upTo(n, point),
	}
}

func maps(n int) *Maps {
	return &Maps{
		ByTruth:  mapOf(min(n, 2), func(i int) (bool, int64) { return i == 0, int64(i) << 40 }),
		ByTiny:   mapOf(min(n, 256), func(i int) (int8, int32) { return int8(i), int32(-i) }),
		BySmall:  mapOf(n, func(i int) (int16, int16) { return int16(-i), int16(i) }),
		ByMedium: mapOf(n, func(i int) (int32, int8) { return int32(i) << 16, int8(i) }),
		ByLarge:  mapOf(n, func(i int) (int64, bool) { return math.MaxInt64 - int64(i), i%2 == 0 }),
		ByReal:   mapOf(n, func(i int) (float64, float64) { return float64(i) / 7, float64(-i) }),
		ByText:   mapOf(n, func(i int) (string, []byte) { return text(i), []byte(text(-i)) }),
		ByColor:  mapOf(n, func(i int) (shared.Color, string) { return shared.Color(i), text(i) }),
		Points:   mapOf(n, func(i int) (string, *shared.Point) { return text(i), point(i) }),
		Colors:   mapOf(n, func(i int) (string, shared.Color) { return text(i), shared.Color(i) }),
	}
}

func nested(n int) *Nested {
	return &Nested{
		Deep: mapOf(n, func(i int) (string, map[int32]Names) {
			return text(i), map[int32]Names{int32(i): {}, -1: {text(i), ""}}
		}),
		Cube: upTo(n, func(i int) [][]int64 { return [][]int64{{}, {int64(i)}, {1, 2, 3}} }),
		Palettes: mapOf(n, func(i int) (string, []shared.Color) {
			return text(i), []shared.Color{shared.Color_RED, shared.Color(i + 100)}
		}),
		Atlas:   upTo(n, func(i int) map[int32]*shared.Point { return map[int32]*shared.Point{int32(i): point(i)} }),
		Rows:    upTo(n, func(i int) []int32 { return []int32{int32(i), int32(-i)} }),
		Structs: mapOf(n, func(i int) (string, *Scalars) { return text(i), scalars()[i%3] }),
	}
}

// untouched is what NewRequiredness makes; full has every field set, and not to its default.
func untouched() *Requiredness { return NewRequiredness() }

func full() *Requiredness {
	return &Requiredness{
		Needed: -1, NeededDefault: "given", Plain: 1, PlainDefault: 0, PlainText: "", PlainNames: []string{},
		PlainColor: shared.Color_RED, PlainPoint: point(9), Maybe: pointer(int32(0)), MaybeTruth: pointer(false),
		MaybeText: pointer(""), MaybeBytes: []byte{}, MaybeColor: pointer(number), MaybePoint: point(0),
		MaybeList: []int32{}, MaybeDefault: 5,
	}
}

func choices() []*Choice {
	arms := []*Choice{
		{Truth: pointer(false)}, {Number: pointer(int32(0))}, {Text: pointer("")}, {Bytes: []byte{}},
		{Color: pointer(number)}, {Point: point(3)}, {Several: []*Choice{}},
	}
	return append(arms, &Choice{Several: arms})
}

func tree(depth int) *Tree {
	if depth == 0 {
		return &Tree{Value: -1, More: []*Tree{}}
	}
	return &Tree{Value: int32(depth), Left: tree(depth - 1), More: []*Tree{{Value: 1, More: []*Tree{}}}}
}

func point(i int) *shared.Point { return &shared.Point{X: int32(i), Y: int32(-i)} }

func text(i int) string { return fmt.Sprint("第", i) }

func large() string { return strings.Repeat("a中🪁", mebi/8) }

func everyByte() []byte { return upTo(256, func(i int) byte { return byte(i) }) }

func upTo[T any](n int, element func(int) T) []T {
	values := make([]T, n)
	for i := range values {
		values[i] = element(i)
	}
	return values
}

func mapOf[K comparable, V any](n int, entry func(int) (K, V)) map[K]V {
	values := make(map[K]V, n)
	for i := range n {
		key, value := entry(i)
		values[key] = value
	}
	return values
}

func pointer[T any](value T) *T { return &value }

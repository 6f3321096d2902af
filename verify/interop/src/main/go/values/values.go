// Package values holds values of the generated types, at their limits.
package values

import (
	"bytes"
	"fmt"
	"math"
	"strings"

	"windhover/interop/kitex_gen/interop/everything"
	"windhover/interop/kitex_gen/interop/shared"
)

const (
	Many   = 10_000
	mebi   = 1 << 20
	Emoji  = "🪁👩‍👩‍👧"
	number = shared.Color(77) // a number that Color has no name for
)

var (
	Colors  = []shared.Color{shared.Color_RED, shared.Color_TOP, shared.Color_BOTTOM, number, 0}
	Doubles = []float64{
		0, math.Copysign(0, -1), 1.5, math.MaxFloat64, math.SmallestNonzeroFloat64,
		math.Inf(1), math.Inf(-1), math.Float64frombits(0x7ff8000000000000), math.Float64frombits(0xfff0000000000001),
	}
	Texts = []string{"", "plain ascii", "风翼悬停", Emoji, "\x00\u007f\u0080\u07ff\uffff", "a" + Emoji + "中\n"}
	Blobs = [][]byte{{}, {0}, EveryByte(), bytes.Repeat([]byte{0x80, 0x01}, 50)}
)

func Scalars() []*everything.Scalars {
	return []*everything.Scalars{
		{Bytes: []byte{}},
		{
			Truth: true, Tiny: math.MinInt8, Small: math.MinInt16, Medium: math.MinInt32, Large: math.MinInt64,
			Real: -math.MaxFloat64, Text: "低", Bytes: []byte{0x80}, Color: shared.Color_BOTTOM,
		},
		{
			Truth: true, Tiny: math.MaxInt8, Small: math.MaxInt16, Medium: math.MaxInt32, Large: math.MaxInt64,
			Real: math.MaxFloat64, Text: Emoji, Bytes: EveryByte(), Color: shared.Color_TOP,
		},
	}
}

func Lists(n int) *everything.Lists {
	return &everything.Lists{
		Truths:  UpTo(n, func(i int) bool { return i%3 == 0 }),
		Tinies:  UpTo(n, func(i int) int8 { return int8(i) }),
		Smalls:  UpTo(n, func(i int) int16 { return int16(-i) }),
		Mediums: UpTo(n, func(i int) int32 { return int32(i) << 16 }),
		Larges:  UpTo(n, func(i int) int64 { return math.MinInt64 + int64(i) }),
		Reals:   UpTo(n, func(i int) float64 { return float64(i) / 7 }),
		Texts:   UpTo(n, Text),
		Bytes:   UpTo(n, func(i int) []byte { return []byte(Text(i)) }),
		Colors:  UpTo(n, func(i int) shared.Color { return Colors[i%len(Colors)] }),
		Points:  UpTo(n, Point),
	}
}

// Sets has no more elements than a type has values.
func Sets(n int) *everything.Sets {
	return &everything.Sets{
		Truths:  UpTo(min(n, 2), func(i int) bool { return i == 0 }),
		Tinies:  UpTo(min(n, 256), func(i int) int8 { return int8(i) }),
		Smalls:  UpTo(n, func(i int) int16 { return int16(-i) }),
		Mediums: UpTo(n, func(i int) int32 { return int32(i) << 16 }),
		Larges:  UpTo(n, func(i int) int64 { return math.MinInt64 + int64(i) }),
		Reals:   UpTo(n, func(i int) float64 { return float64(i) / 7 }),
		Texts:   UpTo(n, Text),
		Bytes:   UpTo(n, func(i int) []byte { return []byte(Text(i)) }),
		Colors:  UpTo(n, func(i int) shared.Color { return shared.Color(i) }),
		Points:  UpTo(n, Point),
	}
}

func Maps(n int) *everything.Maps {
	return &everything.Maps{
		ByTruth:  MapOf(min(n, 2), func(i int) (bool, int64) { return i == 0, int64(i) << 40 }),
		ByTiny:   MapOf(min(n, 256), func(i int) (int8, int32) { return int8(i), int32(-i) }),
		BySmall:  MapOf(n, func(i int) (int16, int16) { return int16(-i), int16(i) }),
		ByMedium: MapOf(n, func(i int) (int32, int8) { return int32(i) << 16, int8(i) }),
		ByLarge:  MapOf(n, func(i int) (int64, bool) { return math.MaxInt64 - int64(i), i%2 == 0 }),
		ByReal:   MapOf(n, func(i int) (float64, float64) { return float64(i) / 7, float64(-i) }),
		ByText:   MapOf(n, func(i int) (string, []byte) { return Text(i), []byte(Text(-i)) }),
		ByColor:  MapOf(n, func(i int) (shared.Color, string) { return shared.Color(i), Text(i) }),
		Points:   MapOf(n, func(i int) (string, *shared.Point) { return Text(i), Point(i) }),
		Colors:   MapOf(n, func(i int) (string, shared.Color) { return Text(i), shared.Color(i) }),
	}
}

func Nested(n int) *everything.Nested {
	return &everything.Nested{
		Deep: MapOf(n, func(i int) (string, map[int32]everything.Names) {
			return Text(i), map[int32]everything.Names{int32(i): {}, -1: {Text(i), ""}}
		}),
		Cube: UpTo(n, func(i int) [][]int64 { return [][]int64{{}, {int64(i)}, {1, 2, 3}} }),
		Palettes: MapOf(n, func(i int) (string, []shared.Color) {
			return Text(i), []shared.Color{shared.Color_RED, shared.Color(i + 100)}
		}),
		Atlas:   UpTo(n, func(i int) map[int32]*shared.Point { return map[int32]*shared.Point{int32(i): Point(i)} }),
		Rows:    UpTo(n, func(i int) []int32 { return []int32{int32(i), int32(-i)} }),
		Structs: MapOf(n, func(i int) (string, *everything.Scalars) { return Text(i), Scalars()[i%3] }),
	}
}

// Untouched is what everything.NewRequiredness makes; Full has every field set, and not to its default.
func Untouched() *everything.Requiredness { return everything.NewRequiredness() }

func Full() *everything.Requiredness {
	return &everything.Requiredness{
		Needed: -1, NeededDefault: "given", Plain: 1, PlainDefault: 0, PlainText: "", PlainNames: []string{},
		PlainColor: shared.Color_RED, PlainPoint: Point(9), Maybe: Pointer(int32(0)), MaybeTruth: Pointer(false),
		MaybeText: Pointer(""), MaybeBytes: []byte{}, MaybeColor: Pointer(number), MaybePoint: Point(0),
		MaybeList: []int32{}, MaybeDefault: 5,
	}
}

func Choices() []*everything.Choice {
	arms := []*everything.Choice{
		{Truth: Pointer(false)}, {Number: Pointer(int32(0))}, {Text: Pointer("")}, {Bytes: []byte{}},
		{Color: Pointer(number)}, {Point: Point(3)}, {Several: []*everything.Choice{}},
	}
	return append(arms, &everything.Choice{Several: arms})
}

func Tree(depth int) *everything.Tree {
	if depth == 0 {
		return &everything.Tree{Value: -1, More: []*everything.Tree{}}
	}
	return &everything.Tree{Value: int32(depth), Left: Tree(depth - 1), More: []*everything.Tree{{Value: 1, More: []*everything.Tree{}}}}
}

func Point(i int) *shared.Point { return &shared.Point{X: int32(i), Y: int32(-i)} }

func Text(i int) string { return fmt.Sprint("第", i) }

func Large() string { return strings.Repeat("a中🪁", mebi/8) }

func EveryByte() []byte { return UpTo(256, func(i int) byte { return byte(i) }) }

func UpTo[T any](n int, element func(int) T) []T {
	values := make([]T, n)
	for i := range values {
		values[i] = element(i)
	}
	return values
}

func MapOf[K comparable, V any](n int, entry func(int) (K, V)) map[K]V {
	values := make(map[K]V, n)
	for i := range n {
		key, value := entry(i)
		values[key] = value
	}
	return values
}

func Pointer[T any](value T) *T { return &value }

package main

import (
	"fmt"
	"math"
	"strings"

	"windhover/interop/kitex_gen/interop/everything"
	"windhover/interop/kitex_gen/interop/matrix"
	"windhover/interop/kitex_gen/interop/shared"
	. "windhover/interop/values"
)

// rows are the structs of the table by name; Matrix.java has the same ones.
func rows() map[string]message {
	rows := map[string]message{
		"untouched":          Untouched(),
		"full":               Full(),
		"tree":               Tree(30),
		"empty":              &matrix.Empty{},
		"below":              &matrix.Below{Lowest: 1, Below: 2, Above: 3},
		"shuffled":           &matrix.Shuffled{First: 1, Second: "2", Third: true, Fourth: 4},
		"containers":         containers(),
		"empty containers":   emptyContainers(),
		"containers of none": &matrix.Containers{},
		"failed":             &matrix.Failed{Code: -1, Causes: []*everything.Refused{}},
		"failed with causes": failed(),
		"refused":            refused(),
	}
	for size := range strings.FieldsSeq("0 1 2 14 15 16 127 128 200") {
		var n int
		fmt.Sscan(size, &n)
		rows["lists of "+size] = Lists(n)
		rows["sets of "+size] = Sets(n)
		rows["maps of "+size] = Maps(n)
		rows["nested of "+size] = Nested(n)
	}
	for i, value := range Scalars() {
		rows[fmt.Sprint("scalars ", i)] = value
	}
	for i, value := range Choices() {
		rows[fmt.Sprint("choice ", i)] = value
	}
	for i, value := range deeps() {
		rows[fmt.Sprint("deep ", i)] = value
	}
	for i, value := range fars() {
		rows[fmt.Sprint("far ", i)] = value
	}
	addNumbers(rows)
	addTexts(rows)
	addDefaults(rows)
	return rows
}

// addNumbers adds rows at the limits of varints.
func addNumbers(rows map[string]message) {
	for bit := range 64 {
		power := int64(1) << bit
		rows[fmt.Sprintf("2^%d", bit)] = numbers(power)
		rows[fmt.Sprintf("2^%d-1", bit)] = numbers(power - 1)
		rows[fmt.Sprintf("-2^%d", bit)] = numbers(-power)
	}
	for i, value := range Doubles {
		rows[fmt.Sprint("double ", i)] = &everything.Scalars{Real: value}
	}
	for i, value := range Colors {
		rows[fmt.Sprint("color ", i)] = &everything.Scalars{Color: value}
	}
}

func numbers(value int64) *everything.Scalars {
	return &everything.Scalars{
		Truth: value%2 != 0, Tiny: int8(value), Small: int16(value), Medium: int32(value), Large: value,
		Real: float64(value), Color: shared.Color(int32(value)),
	}
}

func addTexts(rows map[string]message) {
	for i, value := range Texts {
		rows[fmt.Sprint("text ", i)] = &everything.Scalars{Text: value, Bytes: []byte(value)}
	}
	for length := range strings.FieldsSeq("127 128 16383 16384") {
		var n int
		fmt.Sscan(length, &n)
		rows["text of "+length] = &everything.Scalars{Text: strings.Repeat("a", n), Bytes: make([]byte, n)}
	}
}

func addDefaults(rows map[string]message) {
	rows["defaults"] = matrix.NewDefaults()
	rows["required defaults"] = matrix.NewRequiredDefaults()
	rows["optional defaults"] = matrix.NewOptionalDefaults()
	rows["optional defaults that are set"] = matrix.NewOptionalDefaults()
	rows["no defaults"] = &matrix.Defaults{Point: &shared.Point{}}
	rows["no required defaults"] = &matrix.RequiredDefaults{Point: &shared.Point{}}
	rows["no optional defaults"] = &matrix.OptionalDefaults{
		Bytes: []byte{}, Numbers: []int32{}, Names: []string{}, Counts: map[string]int32{}, Point: &shared.Point{},
	}
}

func fars() []*matrix.Far {
	return []*matrix.Far{
		{},
		{
			First: Pointer(true), FifteenOn: Pointer(false), SixteenOn: Pointer(true), Next: Pointer(int32(1)),
			OneByte: Pointer(int32(2)), ThreeBytes: Pointer(int32(3)), Last: Pointer("last"),
		},
		{SixteenOn: Pointer(false)},
		{First: Pointer(false), FifteenOn: Pointer(true), Next: Pointer(int32(-1))},
		{First: Pointer(true), SixteenOn: Pointer(false), ThreeBytes: Pointer(int32(0))},
		{Last: Pointer("")},
	}
}

func deeps() []*matrix.Deep {
	arms := []*matrix.Deep{
		{Deeper: &matrix.Deep{Deeper: &matrix.Deep{Tiny: Pointer(int8(0))}}},
		{Choice: &everything.Choice{Text: Pointer("中")}},
		{Empty: &matrix.Empty{}},
		{Several: map[int32]*matrix.Deep{-1: {Large: Pointer(int64(math.MinInt64))}}},
		{Tiny: Pointer(int8(-1))},
		{Small: Pointer(int16(math.MinInt16))},
		{Large: Pointer(int64(0))},
		{Real: Pointer(math.Copysign(0, -1))},
		{Numbers: []int32{3, 1, 2}},
	}
	return append(arms, &matrix.Deep{Several: MapOf(len(arms), func(i int) (int32, *matrix.Deep) { return int32(i), arms[i] })})
}

func refused() *everything.Refused {
	return &everything.Refused{Code: 1, Reason: "no", Where: Point(7)}
}

func failed() *matrix.Failed {
	return &matrix.Failed{
		Code: math.MaxInt64, Empty: &matrix.Empty{}, Causes: []*everything.Refused{refused(), {}}, Deep: deeps()[0],
	}
}

func containers() *matrix.Containers {
	blobs := map[int32][]byte{1: {0, 0xff}}
	return &matrix.Containers{
		ListsOfTruths: [][]bool{{true, false}, {}, {false}},
		ListsOfSets:   [][]int32{{1, -1}, {}},
		ListsOfMaps:   []map[int32]int64{{1: -1}, {}},
		SetsOfLists:   [][]string{{"a", ""}, {}},
		SetsOfSets:    [][]int64{{3, 1}, {2}},
		SetsOfMaps:    []map[int32]bool{{1: true}, {2: false}},
		Lists:         map[int32][]float64{-1: {0.5, -0.5}},
		Sets:          map[int32][]string{math.MinInt32: {"b", "a"}},
		Maps:          map[int32]map[int32][]byte{0: blobs},
		Truths:        map[bool]bool{true: false},
		Empties:       []*matrix.Empty{{}, {}},
		Unions:        map[string]*everything.Choice{"": {Number: Pointer(int32(-1))}},
		Exceptions:    []*everything.Refused{refused()},
		ByPoint:       map[*shared.Point]shared.Color{Point(1): shared.Color_GREEN},
		Deep:          []map[string][][]map[int32][][]byte{{"a": {{{7: {{1}, {}}}}}}, {}},
	}
}

// emptyContainers are there, with nothing in them.
func emptyContainers() *matrix.Containers {
	return &matrix.Containers{
		ListsOfTruths: [][]bool{}, ListsOfSets: [][]int32{}, ListsOfMaps: []map[int32]int64{}, SetsOfLists: [][]string{},
		SetsOfSets: [][]int64{}, SetsOfMaps: []map[int32]bool{}, Lists: map[int32][]float64{}, Sets: map[int32][]string{},
		Maps: map[int32]map[int32][]byte{}, Truths: map[bool]bool{}, Empties: []*matrix.Empty{},
		Unions: map[string]*everything.Choice{}, Exceptions: []*everything.Refused{},
		ByPoint: map[*shared.Point]shared.Color{}, Deep: []map[string][][]map[int32][][]byte{},
	}
}

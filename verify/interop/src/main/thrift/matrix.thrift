// What interop.thrift has no place for: ids far apart, below zero and out of order, defaults of
// every type, containers of everything, exceptions and unions inside of others.

namespace go interop.matrix
namespace java io.windhover.interop.matrix

include "interop.thrift"
include "shared.thrift"

struct Empty {}

/** The compact protocol has one form for ids up to 15 apart and another for the rest. */
struct Far {
  1: optional bool first
  16: optional bool fifteenOn
  32: optional bool sixteenOn
  33: optional i32 next
  96: optional i32 oneByte
  8192: optional i32 threeBytes
  32767: optional string last
}

struct Below {
  -32768: i32 lowest
  -1: i32 below
  1: i32 above
}

struct Shuffled {
  7: i32 first
  3: string second
  200: bool third
  1: i64 fourth
}

struct Defaults {
  1: bool truth = true
  2: byte tiny = -8
  3: i16 small = 16
  4: i32 medium = -32
  5: i64 large = 64
  6: double real = 0.5
  7: string text = "text"
  8: binary bytes = "bytes"
  9: shared.Color color = shared.Color.BLUE
  10: list<i32> numbers = [1, 2]
  11: set<string> names = ["a"]
  12: map<string, i32> counts = {"a": 1}
  13: shared.Point point = {"x": 1, "y": 2}
}

struct RequiredDefaults {
  1: required bool truth = true
  2: required byte tiny = -8
  3: required i16 small = 16
  4: required i32 medium = -32
  5: required i64 large = 64
  6: required double real = 0.5
  7: required string text = "text"
  8: required binary bytes = "bytes"
  9: required shared.Color color = shared.Color.BLUE
  10: required list<i32> numbers = [1, 2]
  11: required set<string> names = ["a"]
  12: required map<string, i32> counts = {"a": 1}
  13: required shared.Point point = {"x": 1, "y": 2}
}

struct OptionalDefaults {
  1: optional bool truth = true
  2: optional byte tiny = -8
  3: optional i16 small = 16
  4: optional i32 medium = -32
  5: optional i64 large = 64
  6: optional double real = 0.5
  7: optional string text = "text"
  8: optional binary bytes = "bytes"
  9: optional shared.Color color = shared.Color.BLUE
  10: optional list<i32> numbers = [1, 2]
  11: optional set<string> names = ["a"]
  12: optional map<string, i32> counts = {"a": 1}
  13: optional shared.Point point = {"x": 1, "y": 2}
}

struct Containers {
  1: list<list<bool>> listsOfTruths
  2: list<set<i32>> listsOfSets
  3: list<map<i32, i64>> listsOfMaps
  4: set<list<string>> setsOfLists
  5: set<set<i64>> setsOfSets
  6: set<map<i32, bool>> setsOfMaps
  7: map<i32, list<double>> lists
  8: map<i32, set<string>> sets
  9: map<i32, map<i32, binary>> maps
  10: map<bool, bool> truths
  11: list<Empty> empties
  12: map<string, interop.Choice> unions
  13: list<interop.Refused> exceptions
  14: map<shared.Point, shared.Color> byPoint
  15: list<map<string, list<set<map<i32, list<binary>>>>>> deep
}

union Deep {
  1: Deep deeper
  2: interop.Choice choice
  3: Empty empty
  4: map<i32, Deep> several
  5: byte tiny
  6: i16 small
  7: i64 large
  8: double real
  9: set<i32> numbers
}

exception Failed {
  1: required i64 code
  2: optional Empty empty
  3: list<interop.Refused> causes
  4: optional Deep deep
}

// Every Thrift type and every kind of call that Kitex knows. Each peer serves and calls this.

namespace go interop.everything
namespace java io.windhover.interop.everything

include "shared.thrift"

typedef list<string> Names

const string GREETING = "hello, 世界"
const shared.Point CORNER = {"x": 3, "y": -4}

struct Scalars {
  1: bool truth
  2: byte tiny
  3: i16 small
  4: i32 medium
  5: i64 large
  6: double real
  255: string text
  256: binary bytes
  32767: shared.Color color
}

struct Lists {
  1: list<bool> truths
  2: list<byte> tinies
  3: list<i16> smalls
  4: list<i32> mediums
  5: list<i64> larges
  6: list<double> reals
  7: list<string> texts
  8: list<binary> bytes
  9: list<shared.Color> colors
  10: list<shared.Point> points
}

struct Sets {
  1: set<bool> truths
  2: set<byte> tinies
  3: set<i16> smalls
  4: set<i32> mediums
  5: set<i64> larges
  6: set<double> reals
  7: set<string> texts
  8: set<binary> bytes
  9: set<shared.Color> colors
  10: set<shared.Point> points
}

struct Maps {
  1: map<bool, i64> byTruth
  2: map<byte, i32> byTiny
  3: map<i16, i16> bySmall
  4: map<i32, byte> byMedium
  5: map<i64, bool> byLarge
  6: map<double, double> byReal
  7: map<string, binary> byText
  8: map<shared.Color, string> byColor
  9: map<string, shared.Point> points
  10: map<string, shared.Color> colors
}

struct Nested {
  1: map<string, map<i32, Names>> deep
  2: list<list<list<i64>>> cube
  3: map<string, set<shared.Color>> palettes
  4: list<map<i32, shared.Point>> atlas
  5: set<list<i32>> rows
  6: map<string, Scalars> structs
}

struct Requiredness {
  1: required i32 needed
  2: required string neededDefault = "needed"
  3: i32 plain
  4: i32 plainDefault = 42
  5: string plainText = GREETING
  6: list<string> plainNames = ["a", "b"]
  7: shared.Color plainColor = shared.Color.BLUE
  8: shared.Point plainPoint = CORNER
  9: optional i32 maybe
  10: optional bool maybeTruth
  11: optional string maybeText
  12: optional binary maybeBytes
  13: optional shared.Color maybeColor
  14: optional shared.Point maybePoint
  15: optional list<i32> maybeList
  16: optional shared.Ticks maybeDefault = shared.START
}

union Choice {
  1: bool truth
  2: i32 number
  3: string text
  4: binary bytes
  5: shared.Color color
  6: shared.Point point
  7: list<Choice> several
}

struct Tree {
  1: i32 value
  2: optional Tree left
  3: optional Tree right
  4: list<Tree> more
}

exception Refused {
  1: required i32 code
  2: string reason
  3: optional shared.Point where
}

service Interop extends shared.Base {
  bool echoBool(1: bool value)
  byte echoByte(1: byte value)
  i16 echoI16(1: i16 value)
  i32 echoI32(1: i32 value)
  i64 echoI64(1: i64 value)
  double echoDouble(1: double value)
  string echoString(1: string value)
  binary echoBinary(1: binary value)
  shared.Color echoColor(1: shared.Color value)
  Names echoNames(1: Names value)
  set<i64> echoSet(1: set<i64> value)
  map<string, i32> echoMap(1: map<string, i32> value)

  Scalars echoScalars(1: Scalars value)
  Lists echoLists(1: Lists value)
  Sets echoSets(1: Sets value)
  Maps echoMaps(1: Maps value)
  Nested echoNested(1: Nested value)
  Requiredness echoRequiredness(1: Requiredness value)
  Choice echoChoice(1: Choice value)
  Tree echoTree(1: Tree value)

  /** Several arguments, ids with gaps: `text` and the names, `times` over, reversed if so asked. */
  string join(1: string text, 2: i32 times, 5: Names names, 32767: bool reversed)

  void nothing()
  /** Throws Refused for a positive code, Missing for a negative one. */
  void refuse(1: i32 code) throws (1: Refused refused, 2: shared.Missing missing)
  string refuseText(1: i32 code) throws (1: Refused refused, 3: shared.Missing missing)
  /** Fails with an error that the IDL does not declare. */
  string fail(1: string text)
  /** Crashes: a panic in Go, a NullPointerException or the like in Java. */
  string crash(1: string text)
  /** Answers after so many milliseconds. */
  string sleep(1: i32 millis)
  /** Milliseconds that the caller gives this call, as far as the server was told. */
  i64 timeout()
}

/** A second service on the same port. */
service Second {
  string whoAmI()
  string reverse(1: string text)
}

/** A service that no server registers. */
service Absent {
  string absent(1: string text)
}

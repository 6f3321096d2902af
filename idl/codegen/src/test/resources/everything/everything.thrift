include "base.thrift"
include "plain.thrift"

namespace java com.example.everything

/**
 * All scalars, three times.
 *
 * Text that must not be taken for markup: <b>, a & b, [link], {@code x}, C:\user, `List<T>`.
 * @see nothing
 */
struct Scalars {
  1: bool aBool,
  2: i8 aByte,
  3: i16 aShort,
  4: i32 anInt,
  5: i64 aLong,
  6: double aDouble,
  7: string aString,
  8: binary aBinary,
  9: uuid aUuid,
  10: base.Level aLevel,

  21: optional bool maybeBool,
  22: optional i8 maybeByte,
  23: optional i16 maybeShort,
  24: optional i32 maybeInt,
  25: optional i64 maybeLong,
  26: optional double maybeDouble,
  27: optional string maybeString,
  28: optional binary maybeBinary,
  29: optional uuid maybeUuid,
  30: optional base.Level maybeLevel,
}

struct Required {
  1: required bool aBool,
  2: required i64 aLong,
  3: required string aString,
  4: required binary aBinary,
  5: required list<string> aList,
  6: required Scalars aStruct,
  7: required Shape aUnion,
  8: required base.Level aLevel,
  9: required i32 withDefault = 4,
  10: required string textWithDefault = "four",
  11: required list<i32> listWithDefault = [4],
}

struct Defaults {
  1: bool aBool = true,
  2: i8 aByte = -1,
  3: i16 aShort = 300,
  4: i32 anInt = base.LIMIT,
  5: i64 aLong = 0x7fffffffff,
  6: double aDouble = 1,
  7: string aString = "a \"quoted\" `line`\n and C:\\user",
  8: binary aBinary = "bytes",
  9: uuid aUuid = "00112233-4455-6677-8899-aabbccddeeff",
  10: base.Level aLevel = base.Level.HIGH,
  11: list<i8> bytes = [1, 2],
  12: set<i64> longs = [3, 1, 2],
  13: map<string, i16> shorts = {"b": 2, "a": 1, "c": 3},
  14: base.Point point = {"x": 1, "label": "there"},
  15: Shape shape = {"radius": 1.5},
  16: map<base.Level, list<map<string, double>>> nested = {base.Level.LOW: [{"pi": 3.14, "e": 2.71}, {}]},
  17: list<base.Point> points = [base.ORIGIN, {"x": 5}],

  21: optional bool maybeBool = true,
  22: optional i8 maybeByte = -1,
  23: optional i64 maybeLong = 5,
  24: optional string maybeString = "perhaps",
  25: optional binary maybeBinary = "b",
  26: optional uuid maybeUuid = "00112233-4455-6677-8899-aabbccddeeff",
  27: optional base.Level maybeLevel = base.Level.LOW,
  28: optional list<string> maybeList = ["x"],
  29: optional base.Point maybePoint = {"x": 1},
}

struct Containers {
  1: list<bool> bools,
  2: list<i8> bytes,
  3: list<i16> shorts,
  4: list<i32> ints,
  5: base.Timestamps longs,
  6: list<double> doubles,
  7: list<string> strings,
  8: list<binary> binaries,
  9: list<uuid> uuids,
  10: list<base.Level> levels,
  11: list<Scalars> structs,
  12: list<Shape> shapes,
  13: set<string> names,
  14: map<i32, string> byNumber,
  15: list<list<list<i64>>> cube,
  16: map<string, map<base.Level, set<uuid>>> maps,
  17: map<list<i32>, set<list<string>>> oddKeys,
  18: list<map<base.Point, list<Shape>>> deep,
  19: optional set<set<i16>> maybe,
  20: map<list<base.Point>, list<list<base.Point>>> copies,
}

union Shape {
  1: double radius,
  2: base.Point corner,
  3: list<list<base.Point>> polygon,
  4: base.Level level,
  5: string string,
  6: bool unknown,
  7: Shape shape,
  8: i64 codec,
  9: map<string, Shape> named,
}

struct Tree {
  1: i32 value,
  2: list<Tree> children,
  3: optional Tree left,
  4: map<string, Tree> named,
  5: OrLeaf other,
}

union OrLeaf {
  1: Tree tree,
  2: i32 leaf,
}

struct Nothing {}

union NoArm {}

enum NoItem {}

exception Failure {
  1: string message,
  2: Tree tree,
  3: optional i32 code = 5,
  4: base.Level level,
}

exception Silent {}

const bool YES = true
const i8 SMALL = 1
const i64 BIG = 1234567890123
const double PI = 3.14159
const double WHOLE = 2
const string GREETING = "héllo \u2028 wörld"
const binary BLOB = "blob"
const uuid ID = "00112233-4455-6677-8899-aabbccddeeff"
const base.Level TOP_LEVEL = base.Level.TOP
const base.Level ODD_LEVEL = 77
const i32 Level = 3
const list<string> NAMES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
const set<i8> FEW = [1]
const set<string> SOME = ["z", "a", "m"]
const map<string, list<i32>> TABLE = {"z": [1, 2], "a": [], "m": [base.LIMIT, SMALL]}
const base.Point CORNER = base.ORIGIN
const Tree FOREST = {"value": 1, "children": [{"value": 2}, {"value": 3, "other": {"leaf": 4}}]}
const Shape ROUND = {"radius": 2}
const map<base.Level, base.Point> PLACES = {base.Level.LOW: {"x": 1, "label": "low"}, base.Level.HIGH: {"x": 2}}
const map<string, string> NONE = {}
const Failure FAILED = {"message": "no", "code": 3}

/** Every shape of a method. */
service Everything extends base.Base {
  void nothing(),
  bool flag(1: bool flag),
  i64 sum(1: list<i64> numbers = [1, 2], 2: i32 more = 3),
  string text(1: string value, 2: string in, 3: string header, 4: string out, 5: string result),
  binary bytes(1: binary caller, 2: binary service),
  list<map<string, Shape>> shapes(1: map<string, Shape> named) throws (1: Failure failure, 3: base.Broken success),
  Shape shape(1: Shape handler, 2: Tree e) throws (1: Failure failure, 2: Silent silent),
  base.Level best(1: set<base.Level> levels),
  void check(1: Scalars scalars) throws (1: base.Broken broken),
  oneway void tell(1: string news),
  plain.Thing thing(1: plain.Thing thing),
  i32 get_user_count(),
  double scaled(1: i64 at = 5, 2: byte low = 1, 3: i16 step = 2, 4: double rate = 2, 5: bool on = true),
  string aMethodWithQuiteALongName(1: string aParameterWithALongName, 2: map<string, list<i64>> anotherParameter),
}

service Empty {}

service Heir extends Everything {
  string last(),
}

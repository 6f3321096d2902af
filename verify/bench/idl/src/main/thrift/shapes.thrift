// Shapes of data for the codec benchmarks. shapes.proto says the same in Protobuf.
namespace java io.windhover.bench.thrift

struct Point {
  1: i32 x
  2: string label
}

// A record of the kind that services pass around: a bit of everything.
struct Wide {
  1: bool active
  2: i8 level
  3: i16 port
  4: i32 count
  5: i64 id
  6: double score
  7: string name
  8: string region
  9: string owner
  10: binary digest
  11: list<i64> samples
  12: list<string> tags
  13: Point origin
  14: map<string, i32> weights
  15: i64 createdAt
  16: i64 updatedAt
  17: i32 version
  18: bool deleted
  19: string comment
  20: double ratio
}

struct Longs {
  1: list<i64> values
}

struct Points {
  1: list<Point> points
}

struct Labels {
  1: map<string, string> labels
}

struct Blob {
  1: binary bytes
}

struct Text {
  1: string text
}

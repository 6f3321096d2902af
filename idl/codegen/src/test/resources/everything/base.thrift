namespace java com.example.base

typedef i64 Timestamp
typedef list<Timestamp> Timestamps

enum Level {
  LOW,
  MIDDLE = 5,
  HIGH,
  TOP = 6,
  BELOW = -3,
  value = 9,
  default = 10,
}

struct Point {
  1: required i32 x,
  2: required i32 y = 2,
  3: optional string label = "somewhere",
}

exception Broken {
  1: i32 code,
  2: optional list<string> reasons,
}

const i32 LIMIT = 7
const Point ORIGIN = {"x": 0, "y": 0}

service Base {
  Level level(1: Timestamp at),
  void reset() throws (1: Broken broken),
}

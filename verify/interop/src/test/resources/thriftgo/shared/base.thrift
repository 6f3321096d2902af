include "deeper.thrift"
namespace java com.example.base
namespace * example.base

/** Attached to nearly every request. */
struct Trace {
  1: required string id,
  2: optional string parent,
  3: map<string, string> baggage = {},
  4: deeper.Deep deep
}

exception Failure {
  1: i32 code = 500,
  2: string message,
} (retry = "never")

enum Level { LOW, MIDDLE = 5, HIGH }

const i32 LIMIT = deeper.DEPTH
const Level USUAL = Level.MIDDLE

typedef Level Rank
typedef i64 Timestamp
typedef list<Timestamp> Timestamps

service Health {
  bool alive(),
  oneway void ping(1: Trace trace),
}

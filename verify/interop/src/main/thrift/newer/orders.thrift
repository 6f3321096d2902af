// The next version of older/orders.thrift, same names on the wire. An older peer meets fields of
// every wire type that it does not know, at two levels, and an enum number without a name.

namespace go interop.newer
namespace java io.windhover.interop.newer

enum Status {
  OPEN = 1,
  PAID = 2,
  SHIPPED = 7,
}

struct Line {
  1: string article
  2: optional i32 count
}

struct Extra {
  1: i64 number
  2: map<string, list<i32>> nested
}

struct Order {
  1: required i64 id
  2: Status status
  3: list<Line> lines
  4: optional bool truth
  5: optional byte tiny
  6: optional i16 small
  7: optional i32 medium
  8: optional double real
  9: optional string text
  10: optional binary bytes
  11: optional Extra extra
  12: optional map<string, Extra> extras
  13: optional set<i64> numbers
  14: optional list<Extra> list
}

service Orders {
  /** Adds SHIPPED and all newer fields to an order that has no `text`; else the order as it came. */
  Order echo(1: Order order)
  /** A method that the older service does not have. */
  bool cancel(1: i64 id)
}

// What is deployed: see newer/orders.thrift.

namespace go interop.older
namespace java io.windhover.interop.older

enum Status {
  OPEN = 1,
  PAID = 2,
}

struct Line {
  1: string article
}

struct Order {
  1: required i64 id
  2: Status status
  3: list<Line> lines
}

service Orders {
  Order echo(1: Order order)
}

// What interop.thrift includes: another file, another namespace, a service to extend.

namespace go interop.shared
namespace java io.windhover.interop.shared

typedef i64 Ticks
typedef map<string, string> Labels

const Ticks START = 1099511627776

enum Color {
  RED = 1,
  GREEN = 2,
  BLUE = 4,
  TOP = 2147483647,
  BOTTOM = -2147483648,
}

struct Point {
  1: i32 x
  2: i32 y
}

exception Missing {
  1: required string what
  2: Labels labels
}

service Base {
  /** The service that answered: several services on one port may share a method name. */
  string whoAmI()

  /** Adds to a count that `ticks` reads, since a oneway call has no other trace. */
  oneway void tick(1: Ticks ticks)
  Ticks ticks()
}

// What the peers in Go do not know, and a struct that knows nothing.

namespace java io.windhover.interop.protocols

struct Ids {
  1: uuid id
  2: optional uuid maybe
  20: optional list<uuid> list
  36: optional set<uuid> set
  37: optional map<uuid, uuid> map
  38: bool last
}

struct Nothing {}

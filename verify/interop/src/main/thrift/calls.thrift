// What goes along with a call: metadata, deadlines, business errors, from hop to hop.

namespace go interop.calls
namespace java io.windhover.interop.calls

/** What a hop was told, and what it heard of the next one. */
struct Seen {
  1: string peer
  /** The name of the calling service. */
  2: string caller
  3: i64 timeoutMillis
  4: map<string, string> transientValues
  5: map<string, string> persistentValues
  /** What the next hop sent back beside its answer. */
  6: map<string, string> backwardValues
  7: optional Seen next
}

service Calls {
  /**
   * Tells what it saw, and calls the first address of the route with the rest of it. Each hop sends back
   * `ANSWERED` = its name. The one that calls another adds transient `HOP` and persistent `VIA` = its name.
   * The last one refuses with a business error, if the code is not 0.
   */
  Seen hop(1: list<string> route, 2: i32 refusal)
}

// A struct as a record.
namespace java com.example.place (windhover.style = "record")

/** Somewhere on a map. */
struct Place {
  /** In degrees,
      north of the equator. */
  1: required double latitude,
  2: required double longitude,
  /** What people call it. */
  3: required string name,
  4: optional i32 height = 100,
  5: list<string> tags = ["new"],
  6: optional Place near,
}

service Places {
  Place find(1: string name),
  void forget(1: string service),
} (windhover.async = "true")

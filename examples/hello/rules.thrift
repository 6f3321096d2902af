// What docs/guides/validation.md shows.
namespace java io.windhover.examples.rules

struct Item {
  1: string name (vt.min_size = "1", vt.max_rune_size = "64")
  2: i32 count (vt.gt = "0", vt.le = "$limit")
  3: i32 limit = 10
}

struct Order {
  1: string customer (vt.pattern = "^[a-z][a-z0-9-]*$")
  2: list<Item> items (vt.min_size = "1", vt.elem.skip = "false")
  3: optional string coupon (vt.prefix = "SAVE", vt.max_size = "@len($customer)")
  4: i64 total
} (vt.assert = "@equal(@mod($total, 5), 0)")

service Shop {
  i64 place(1: Order order, 2: i32 priority (vt.in = "[1, 2, 3]"))
}

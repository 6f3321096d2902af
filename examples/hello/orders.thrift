// The IDL of docs/guides/codegen.md.
namespace java io.windhover.examples.orders (windhover.descriptors = "plain")

/** How far an order is. */
enum Status {
  NEW = 1,
  PAID = 2,
  SHIPPED = 3,
}

/** An amount of money. */
struct Money {
  1: required i64 cents,
  2: optional string currency = "EUR",
} (windhover.style = "record")

struct Item {
  1: required string name,
  2: optional i32 count = 1,
  3: Money price,
}

struct Order {
  1: required i64 id,
  2: list<Item> items,
  3: Status status = Status.NEW,
  4: optional Payment payment,
}

/** How an order is paid. */
union Payment {
  1: string iban,
  2: Card card,
}

struct Card {
  1: required string number (windhover.redact = "true"),
  2: i16 year,
}

exception NoSuchOrder {
  1: string message,
  2: i64 id,
}

const i32 MAX_ITEMS = 100
const Money FREE = {"cents": 0}

service OrderService {
  Order order(1: i64 id) throws (1: NoSuchOrder missing),
  i64 place(1: Order order),
  oneway void remind(1: i64 id),
} (windhover.async = "true")

// The work that every contestant does. bench.proto says the same in Protobuf.
namespace java io.windhover.bench.thrift
namespace go bench

struct Request {
  1: string body
}

struct Reply {
  1: string body
}

struct Address {
  1: string street
  2: string city
  3: string region
  4: string postcode
  5: string country
}

struct Customer {
  1: i64 id
  2: string name
  3: string email
  4: Address address
  5: bool vip
  6: list<string> phones
}

struct Item {
  1: i64 sku
  2: string title
  3: i32 quantity
  4: double price
  5: map<string, string> attributes
}

struct Payment {
  1: string method
  2: i64 amount
  3: string currency
  4: i64 paidAt
}

// 40 fields with those of the nested structs.
struct Order {
  1: i64 id
  2: string number
  3: i32 version
  4: bool express
  5: double total
  6: double tax
  7: string currency
  8: Customer customer
  9: Address shipTo
  10: list<Item> items
  11: Payment payment
  12: list<i64> history
  13: map<string, i32> counters
  14: list<string> tags
  15: string comment
  16: i64 createdAt
  17: i64 updatedAt
  18: i32 status
  19: binary signature
  20: bool archived
}

service Bench {
  // Sends the body back.
  Reply echo(1: Request request)
  // Sends the body back after 1 ms.
  Reply sleep(1: Request request)
  // Decodes the order and encodes it again.
  Order order(1: Order order)
}

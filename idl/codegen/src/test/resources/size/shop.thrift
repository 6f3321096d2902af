/*
 * The size of what is generated is measured with this file: some of everything, as long and as
 * mixed as the Thrift project's own test IDL.
 */

namespace java com.example.shop
namespace go shop
namespace * shop

/** Where an order stands. */
enum Stage {
  DRAFT = 0,
  PLACED = 1,
  PAID = 2,
  PACKED = 3,
  SHIPPED = 4,
  DELIVERED = 5,
  RETURNED = 9,
}

/** What money is counted in. */
enum Currency {
  EUR = 978,
  USD = 840,
  GBP = 826,
  JPY = 392,
}

enum Weekday {
  MONDAY,
  TUESDAY,
  WEDNESDAY,
  THURSDAY,
  FRIDAY,
  SATURDAY,
  SUNDAY,
}

enum Size {
  SMALL = 1
  MEDIUM = 2
  LARGE = 3
  /** An old word for the same. */
  BIG = 3
}

/** An instant, in milliseconds since 1970. */
typedef i64 Timestamp

typedef i64 UserId
typedef i64 OrderId
typedef map<string, i64> Stock
typedef list<OrderId> OrderIds

const i32 MAX_ITEMS = 100
const i64 NOBODY = -1
const double VAT = 0.19
const string SHOP = "The Shop"
const bool OPEN = true
const list<string> COUNTRIES = ["AT", "BE", "CH", "DE", "FR", "IT", "NL"]
const set<i32> LUCKY = [7, 13, 21]
const map<string, i32> DAYS = {"standard": 5, "express": 1}
const map<Currency, list<double>> RATES = {Currency.EUR: [1.0], Currency.USD: [1.08, 1.11]}
const Stage FIRST = Stage.DRAFT

/** Money, exactly. */
struct Amount {
  1: required i64 cents
  2: Currency currency = Currency.EUR
}

struct Flags {
  1: bool one
  2: bool two = true
}

/** All types that are not containers. */
struct Scalars {
  1: bool yes
  2: i8 tiny
  3: i16 small
  4: i32 medium
  5: i64 large
  6: double real
  7: string text
  8: binary bytes
  9: uuid id
}

struct Empty {
}

struct OneField {
  1: Empty field
}

struct Address {
  1: required string street
  2: required string town
  3: string zip
  4: string country = "DE"
  5: optional string note
}

struct Location {
  1: double latitude
  2: double longitude
}

/** Who buys. */
struct User {
  1: required UserId id
  2: required string name
  3: optional string email
  4: Address address
  5: list<Address> others
  6: optional Timestamp since
  7: set<string> roles
}

struct Product {
  1: required i64 id
  2: required string name
  3: Amount price
  4: list<string> tags
  5: map<string, string> attributes
  6: optional binary image
  7: optional Size size
  8: double weight = 1.5
}

struct Item {
  1: i64 product
  2: i32 count = 1
  3: Amount price
}

struct Order {
  1: required OrderId id
  2: UserId buyer
  3: list<Item> items
  4: Stage stage = Stage.DRAFT
  5: optional Payment payment
  6: optional Delivery delivery
  7: map<Stage, Timestamp> history
}

struct Card {
  1: required string number (windhover.redact = "true")
  2: i16 month
  3: i16 year
}

struct Transfer {
  1: string iban
  2: optional string reference
}

/** How an order is paid. */
union Payment {
  1: Card card
  2: Transfer transfer
  3: i64 voucher
  4: string later
}

struct Pickup {
  1: string shop
  2: Weekday day
}

struct Parcel {
  1: Address address
  2: bool express
  3: optional string tracking
}

/** How an order gets to its buyer. */
union Delivery {
  1: Pickup pickup
  2: Parcel parcel
  3: Location drone
}

struct Review {
  1: UserId author
  2: i8 stars
  3: string text
  4: list<Review> answers
}

struct Category {
  1: string name
  2: list<Category> children
  3: map<string, Category> byName
}

/** Containers in containers. */
struct Nested {
  1: list<list<i32>> matrix
  2: map<string, list<set<i64>>> deep
  3: map<i32, map<i32, Product>> products
  4: set<set<string>> groups
  5: list<map<Stage, Order>> orders
}

struct Bulk {
  1: list<i64> numbers
  2: list<double> samples
  3: list<binary> blobs
  4: list<bool> bits
}

/** Everything has a default. */
struct Defaults {
  1: i32 number = 42
  2: string text = "forty-two"
  3: list<i32> list = [1, 2, 3]
  4: map<string, i32> map = {"one": 1, "two": 2}
  5: set<string> set = ["a", "b"]
  6: Amount amount = {"cents": 100}
  7: optional i32 maybe = 7
}

struct Page {
  1: i32 offset
  2: i32 limit = 20
  3: optional string order
}

struct Query {
  1: string text
  2: Page page
  3: set<Size> sizes
  4: optional Amount from
  5: optional Amount to
}

struct Found {
  1: list<Product> products
  2: i64 total
}

struct Report {
  1: Timestamp from
  2: Timestamp to
  3: map<Weekday, Amount> sales
  4: list<UserId> best
}

struct Node {
  1: string host
  2: i32 port
  3: optional Node next
}

/** Required and optional in one. */
struct Mixed {
  1: required bool a
  2: required i32 b
  3: required string c
  4: required list<string> d
  5: optional bool e
  6: optional i64 f
  7: optional double g
  8: optional list<i64> h
  9: i32 i
  10: string j
}

/** A value of any kind. */
union Any {
  1: bool flag
  2: i64 number
  3: double real
  4: string text
  5: list<Any> list
  6: map<string, Any> map
}

/** There is no such thing. */
exception NotFound {
  1: string message
  2: i64 id
}

exception Refused {
  1: string message
  2: i32 code
  3: optional Stage stage
}

exception Unavailable {
  1: optional i32 retryAfter
}

/** What all services of the shop have. */
service Base {
  /** Does nothing, which tells that the server is there. */
  void ping()

  string version()
}

/** The shop. */
service Shop extends Base {
  /** Finds products. */
  Found search(1: Query query)

  Product product(1: i64 id) throws (1: NotFound missing)

  list<Product> products(1: list<i64> ids)

  map<i64, Stock> stock(1: set<i64> products)

  User user(1: UserId id) throws (1: NotFound missing)

  UserId register(1: User user) throws (1: Refused refused)

  void rename(1: UserId id, 2: string name) throws (1: NotFound missing, 2: Refused refused)

  Order order(1: OrderId id) throws (1: NotFound missing)

  OrderIds orders(1: UserId buyer, 2: Page page)

  OrderId place(1: UserId buyer, 2: list<Item> items, 3: Payment payment)
      throws (1: Refused refused, 2: Unavailable unavailable)

  void cancel(1: OrderId id) throws (1: NotFound missing, 2: Refused refused)

  Stage stage(1: OrderId id) throws (1: NotFound missing)

  bool deliver(1: OrderId id, 2: Delivery delivery) throws (1: Refused refused)

  Amount total(1: OrderId id) throws (1: NotFound missing)

  void review(1: i64 product, 2: Review review) throws (1: NotFound missing)

  list<Review> reviews(1: i64 product, 2: Page page)

  Category categories()

  Report report(1: Timestamp from, 2: Timestamp to)

  /** Tells that somebody looked. */
  oneway void seen(1: UserId who, 2: i64 product)

  Any echo(1: Any any)

  Nested nested(1: Nested nested)

  Bulk bulk(1: Bulk bulk)

  binary image(1: i64 product, 2: Size size) throws (1: NotFound missing)

  double rate(1: Currency from, 2: Currency to)

  uuid token(1: UserId user, 2: string password (windhover.redact = "true"))
      throws (1: Refused refused)
}

/*
 * Every production of the grammar, in both dialects, in a file that compiles. Together with the files
 * it includes it is also what the code generator has to cope with.
 */
include "shared/base.thrift"
include 'shared/money.v1.thrift'
include "shared/base.thrift"
cpp_include "<unordered_map>"

namespace java com.example.shop
namespace py.twisted example.shop (owner = "shop")
namespace * shop;

// ---- constants: every form of value

const bool YES = true
const bool ONE_IS_TRUE = 1;
const byte LETTER = 65,
const i8 SMALLEST = -128
const i16 HEXADECIMAL = 0x7FFF
const i32 NEGATIVE_HEXADECIMAL = -0x10
const i32 OCTAL = 0o17
const i64 BIGGEST = 9223372036854775807
const i64 SIGNED = +7
const double PLAIN = 3.25
const double NO_INTEGER_PART = -.5
const double EXPONENT = 1e5
const double LONG_EXPONENT = 6.02E+23 (unit = "1/mol")
const double WHOLE = 2
const string DOUBLE_QUOTED = "it's \"quoted\"\n\ttab \\ \u4e2d \x41"
const string SINGLE_QUOTED = 'say "hi" /* no comment */ ${x} */'
const string EMPTY = ""
const binary BYTES = "bytes"
const uuid ID = "12345678-9abc-def0-1234-56789abcdef0"
const i32 FORWARD = LATER
const i32 LATER = base.LIMIT
const i64 WIDER = LATER
const base.Level LEVEL = base.Level.HIGH
const Color BARE = GREEN
const Color NUMBER = 7
const i32 ITEM_AS_NUMBER = Color.BLUE
const list<i32> NUMBERS = [1, 2; 3 LATER]
const set<string> WORDS = ["a", 'b',]
const map<string, list<Color>> PALETTES = {"warm": [Color.RED], "cold": [Color.BLUE, GREEN],}
const map<i32, map<i64, double>> DEEP = {1: {2: 3.5}, 4: {}}
const list<i32> NO_NUMBERS = []
const list<i32> SAME_NUMBERS = NUMBERS
const Item ITEM = {"name": "pen", "price": {"units": 250}, "tags": ["blue"]}
const Payment PAYMENT = {"cash": money.v1.NOTHING}

// ---- typedefs

typedef map<string, i64> Counters (sorted = "true")
typedef Counters MoreCounters
typedef base.Timestamps History;
typedef Item Thing
typedef Color Paint
typedef binary Blob

/** A colour; the numbers have gaps, and one is negative. */
enum Color {
  /** Like a rose. */
  RED = 1,
  GREEN (label = "green"; deprecated) /* counted: 2 */
  BLUE = 7 ;
  INFRARED = -1 (hidden = "yes", hidden = "really"),
} (kind = "paint")

enum Empty {}

/***/
struct Nothing {}

/**
 * Something to sell.
 *
 *   * with a list
 *
 * and `code`, <b>markup</b>, {@link nothing} & an escaped star slash: *\/ \u002a\u002f
 */
struct Item {
  1: required string name = "unnamed" (vt.min_size = "1", vt.pattern = "\w+"),
  2: optional money.v1.Money price;
  3: set<string> tags
  4: i32 stock = LATER
  5: optional Item part,            // recursion through an optional field
  6: list<Item> parts,
  7: Color color = Color.RED,
  8: optional bool used = false,
  9: optional double weight = 1,
  10: optional uuid id,
  11: Blob picture,
  12: byte small,
  13: i8 smaller = 3,
  14: i16 medium,
  15: i64 large,
  16: required base.Level level = base.Level.LOW,
  17: optional Paint paint = GREEN,
  18: Thing &twin,
}

// ---- fields: every type, container and attribute

struct Order xsd_all {
  1: required base.Trace trace,
  -2: optional string negative,
  20: map<i32, list<set<string>>> nested,
  21: map cpp_type "std::unordered_map<int32_t, X>" <i32, string> hashed,
  22: list<i32> cpp_type "std::deque<int32_t>" queue,
  23: list cpp_type "std::deque<int32_t>" <i32> otherQueue,
  24: set cpp_type "std::set<int32_t>" <i32> sorted,
  25: string (encoding = "latin") annotated (label = "both"),
  26: list<string (inner = "yes")> (outer = "yes") annotatedParts,
  27: Item (by = "value") item,
  28: i64 created (api.query = "created", go.tag = 'json:"created,omitempty"'),
  29: string attributes xsd_optional xsd_nillable xsd_attrs { 1: string inner },
  30: History history,
  31: map<base.Level, Counters> counters = {base.Level.LOW: {"a": 1}} (bare),
  32: map<Item, Item> byItem,
  33: optional list<Thing> things = [{"name": "cup"}],
  34: optional map<string, Color> colors = {"sky": Color.BLUE},
  35: optional set<i64> ids = [1, 2],
  36: optional string note = EMPTY,
  37: optional binary raw = "raw",
  38: map<bool, double> scores,
  39: list<binary> chunks,
  40: list<uuid> uuids,
  41: list<Color> rainbow = [Color.RED, Color.BLUE],
  42: set<Color> shades = [GREEN],
  43: list<map<string, list<i64>>> deep = [{"a": [1]}],
  44: optional Payment payment,
  45: list<Payment> payments,
  46: optional base.Failure lastFailure,
  47: optional i32 limit = base.LIMIT,
  48: optional Nothing nothing,
}

/** Words that are keywords here, in Java, or names that Java objects have already. */
struct Keywords {
  1: string list,
  2: i32 map,
  3: bool struct,
  4: string required,
  5: string optional,
  6: i64 class,
  7: string default,
  8: string getClass,
  9: i32 hashCode,
  10: string toString,
  11: string value,
  12: string codec,
  13: string in,
  14: string out,
  15: optional string optionalFoo,
  16: optionalFoo required_x,
  17: string snake_case_name,
  18: string UPPER,
  19: i32 _underscore,
}

struct optionalFoo { 1: i32 x }

union Payment {
  1: money.v1.Money cash,
  2: string card = "0000",
  3: Color voucher,
  4: list<string> checks,
  5: i32 points
  6: Payment again,
} (exactly = "one")

exception OutOfStock {
  1: required Item item,
  2: optional i32 left,
  3: string message,
}

exception Silent {}

/** The shop. */
service Shop extends base.Health {
  /** Buys. */
  Order buy(1: required Item item, 2: i32 count = 1, 3: Color color)
      throws (1: OutOfStock outOfStock, 2: base.Failure failure),
  void cancel(1: i64 id) throws (1: base.Failure failure);
  oneway void forget(1: i64 id)
  async void forgetAll()
  i32 count() (api.get = "/count", idempotent),
  string list(1: string list),
  list<map<string, Item>> search(1: set<Color> colors, 2: Payment payment, 3: binary raw)
  base.Level level(1: base.Level level, 2: uuid id, 3: double weight, 4: bool fast, 5: i8 a, 6: i16 b)
  Payment pay(1: Payment payment) throws (1: Silent silent)
  binary download(1: History history)
  void nothing() throws ()
} (version = "1")

service Plain {}

service Branch extends Shop { Counters counters() }

#!/usr/bin/env thrift
// Every construct that Thriftgo has, and comments in every place.
# includes, one of them twice and one unused
include "shared/base.thrift" // on the line of a header
include 'shared/money.v1.thrift'
include "shared/base.thrift"
include "unused.thrift"
cpp_include "<vector>"
cpp_include "<vector>"

/* before a namespace */
namespace java com.example.everything // behind it
namespace py.twisted example.everything (owner = "me", owner = "you")
namespace * everything

// before the first constant
/* in two kinds */
const bool YES = true
const bool NO = false; // behind a constant
const bool ONE = 1
const byte LETTER = 65
const i8 SMALLEST = -128,
// a comment with a trailing blank 
const i16 HEXADECIMAL = 0x7fFF
#of the unix kind
const i32 OCTAL = 0o17 (base = "8")
const i64 BIGGEST = 9223372036854775807
const i64 SIGNED = +7
const double PLAIN = 3.25
const double NO_INTEGER_PART = -.5
const double HUNDRED = 100.125
const double NEGATIVE = -6.5
const double WHOLE = 2
const string DOUBLE_QUOTED = "it's \"quoted\"\n\ttab \\ back \u4e2d end"
const string SINGLE_QUOTED = 'say "hi" or \'hi\' or \"hi\" /* no comment */ # none'
const string EMPTY = ""
const string NOT_ASCII = "naïve 中文 😀"
const binary BYTES = "bytes"
const i32 FORWARD = LATER
const i32 LATER = base.LIMIT
const base.Level LEVEL = base.Level.HIGH
const Color NUMBER = 7
const Paint PAINTED = Paint.GREEN
const Height HEIGHT = Height.LOW
const base.Rank RANK = base.Rank.MIDDLE
const money.v1.Currency CURRENCY = money.v1.Currency.USD
const i32 ITEM_AS_NUMBER = Color.BLUE
const list<i32> NUMBERS = [1, 2; 3 LATER]
const set<string> WORDS = ["a", 'b',]
const map<string, list<Color>> PALETTES = {"warm": [Color.RED], "cold": [Color.BLUE, Color.GREEN],}
const map<i32, map<i64, double>> DEEP = {1: {2: 3.5}, 4: {}}
const list<i32> NO_NUMBERS = []
const list<i32> SAME_NUMBERS = NUMBERS
const Thing ITEM = {"name": "pen", "price": {"units": 250}, "tags": ["blue"]}
const Payment PAYMENT = {"cash": money.v1.NOTHING}

// ---- typedefs

typedef map<string, i64> Counters (sorted = "true") // behind a typedef
typedef Counters MoreCounters
typedef base.Timestamps History
/** A doc comment
 *  on two lines. */
typedef Item Thing
typedef Color Paint
typedef base.Level Height
typedef Height Altitude
typedef list<Thing> Things
typedef map<Altitude, set<base.Timestamp>> Log
typedef binary (encoding = "raw") Blob
typedef base.Failure Broken
typedef Payment Bill

/** A colour; the numbers have gaps. */
enum Color { // on the line of the brace
  /** Like a rose. */
  RED = 1, // not seen: there is one before it
  GREEN (label = "green") /* counted: 2 */ // and more
  BLUE = 7 ; # unix
  // far before
  // two lines

  INFRARED = -1 (hidden = "yes", hidden = "really"),
  HEX = 0x10
  // nobody's
} (kind = "paint") // behind an enum

enum Empty {} enum SameLine { A } // behind two

struct Nothing {}

/***/
struct Item {
  // before a field
  1: required string name = "unnamed" (vt.min_size = "1", vt.pattern = "\w+\\d\"x\"", go.tag = 'json:"name"')
  2: optional money.v1.Money price; // behind a field
  3: set<string> tags /* behind */ /* and more */
  4: i32 stock = LATER /* spans
     lines */ // and goes on
  5: optional Item part, # unix
  6: list<Item> parts,
  7: Color color = Color.RED
  , // behind a separator on a line of its own
  8: optional bool used = false, 9: optional double weight = 1, // two on a line
  10: Blob picture,
  /* one */ 11: byte small, /* eleven */
  12: i8 smaller = 3,
  13: i16 medium,
  14: i64 large,
  15: required base.Level level = base.Level.LOW,
  16: optional Paint paint = Paint.GREEN,
  17: Altitude altitude = Altitude.HIGH,
  18: optional base.Rank rank = base.Rank.LOW,
  19: Things things = [],
  20: Log log,
  string implicit,
  optional string second
  30: string third
  // nobody's
}

struct Shapes {
  1: map cpp_type "std::map<X>" <i32, string> hashed,
  2: list<i32> cpp_type "std::deque<int32_t>" queue,
  3: set cpp_type 'std::set<int32_t>' <i32> sorted,
  4: string (encoding = "latin") annotated (label = "both"),
  5: list<string (inner = "yes")> (outer = "yes") annotatedParts,
  6: Item (by = "value") item,
  7: map<base.Level, Counters> counters = {base.Level.LOW: {"a": 1}},
  8: map<i32, list<set<string>>> nested,
  9: map<Item, Things> byItem = {{"name": "pen"}: [{"name": "cup"}, ITEM]},
  -2: string negative,
  0: string zero,
  10: MoreCounters more,
  11: Broken broken,
  12: Bill bill,
  13: money.v1.Currency currency = 978,
} (mixed = "yes", single = 'it\'s' mixed = "again")

union Payment {
  1: money.v1.Money cash,
  2: string card = "0000",
  3: required Color voucher,
  4: Payment again,
  i32 points
}

exception OutOfStock {
  1: required Item item, // what
  2: optional i32 left,
  string message
}

// The shop.
// Open on weekdays.
service Shop extends base.Health { // behind the brace
  /** Buys. */
  Shapes buy(1: required Item item, // the item
      /* how many */ 2: i32 count = 1, 3: optional Color color)
      throws (1: OutOfStock outOfStock /* gone */, 2: base.Failure failure), // not kept
  void cancel(1: i64 id) throws (1: required base.Failure failure);
  oneway void forget(i64 id, string why)
  # before
  i32 count(/* nothing */) (api.get = "/count")
  list<map<string, Item>> search(1: set<Color> colors, 2: Payment payment, 3: binary raw) /* not kept */ // nor this
  base.Level level(1: base.Level level, 2: Height height = Height.LOW)
  Bill pay(1: Bill bill) throws (OutOfStock a, 7: Broken b)
  Things (returned = "yes") things()
  Item stream(1: Item item) (streaming.mode = "bidirectional")
  void nothing() throws ()
} (version = "1")

service Plain {} service Branch extends Shop { Counters counters() }
// nobody's

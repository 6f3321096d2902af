// Names that mean something to Java or to the generated code.
namespace java com.example.new.keywords

struct Codec {
  1: i32 class,
  2: optional i32 getClass,
  3: string hashCode,
  4: optional string wait,
  5: bool notify,
  6: i32 toString,
  7: i32 equals,
  8: optional string deep_copy,
  9: i32 unknown_fields,
  10: i32 copy,
  11: list<list<i32>> list,
  12: list<Codec> element,
  13: i32 that,
  14: i32 other,
  15: i32 hash,
  16: i32 value,
  17: string in,
  18: i32 out,
  19: i32 header,
  20: optional i32 times,
  21: i32 has_times,
  22: i32 clear_times,
  23: Unknown unknown,
  24: String string,
  25: List kind,
  26: i32 CODEC,
  27: i32 _,
  28: i32 URLPath,
  29: i32 USER_ID,
  30: map<string, list<Codec>> map,
}

struct String {
  1: string text,
}

struct Object {
  1: String text,
  2: list<Object> objects,
}

struct Override {
  1: uuid id,
}

struct UUID {
  1: uuid id,
}

struct Binary {
  1: binary bytes,
}

struct StructCodec {
  1: list<StructCodec> codecs,
}

struct Method {}

struct Caller {}

enum Unknown {
  Known = 1,
  Unknown = 2,
  value = 3,
  class = 4,
  RED = 5,
}

union List {
  1: list<String> list,
  2: Codec codec,
  3: String string,
  4: i32 class,
  5: Text text,
}

struct Text {}

struct point {
  1: point point,
  2: order_item order_item,
}

struct order_item {}

exception var {
  1: i32 message,
  2: i32 getMessage,
  3: string cause,
  4: list<i32> stack_trace,
  5: i32 getCause,
}

exception HelloArgs {}

const i32 class = 1
const Text wait = {}

service Service {
  void class(),
  void wait(1: i64 millis),
  i32 hashCode(),
  string toString(),
  void notify(1: string class) throws (1: var var, 2: HelloArgs success),
  Method hello(1: HelloArgs args, 2: Caller caller, 3: Service_Calls request),
  void operation(),
  void empty(),
  void run(1: string handler),
  void call(1: string METHOD),
  void on(1: string caller),
  void serve(),
}

struct Service_Calls {}

struct ServiceCalls {}

struct KeywordsConstants {}

// The smallest IDL that has one of everything.
namespace java com.example.hello

/** How a greeting sounds. */
enum Tone {
  PLAIN = 1,
  /** With an exclamation mark. */
  LOUD = 2,
}

/** Asks for a greeting. */
struct HelloRequest {
  /** Who is greeted. */
  1: string name,
  2: optional i32 times = 1,
  3: required i32 age,
  /** What kind of greeting it may be. */
  4: list<string> tags = ["short"],
  5: map<string, list<i32>> seats,
}

const i32 MAX_TIMES = 10

/** For those who know nobody. */
const HelloRequest WORLD = {"name": "world", "age": 4500000}

/** What the server says: a text, or a question back. */
union Greeting {
  1: string text,
  2: HelloRequest question,
}

/** The server does not talk to everyone. */
exception Refused {
  1: string message,
}

service Health {
  void ping(),
}

/** Greets people. */
service HelloService extends Health {
  /** Greets once. */
  Greeting hello(1: HelloRequest request, 2: Tone tone) throws (1: Refused refused),

  oneway void forget(1: string name),
}

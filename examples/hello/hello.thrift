namespace java io.windhover.examples.hello

/** How a greeting sounds. */
enum Tone {
  PLAIN = 0,
  LOUD = 1,
}

/** Asks for a greeting. */
struct HelloRequest {
  /** Who is greeted. */
  1: required string name,
  2: optional Tone tone,
}

struct HelloResponse {
  1: required string message,
}

/** The name is one that nobody greets. */
exception Refused {
  1: string message,
}

/** Greets people. */
service HelloService {
  HelloResponse hello(1: HelloRequest request) throws (1: Refused refused),
}

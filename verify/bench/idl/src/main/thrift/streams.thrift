// The work of the contestants with streams. It is apart from bench.thrift since a service with
// streams has another client and server, with some libraries, than one without.
namespace java io.windhover.bench.thrift
namespace go streams

struct Message {
  1: string body
}

struct Repeat {
  1: i32 times
  2: string body
}

service Streams {
  // Sends each message back.
  Message pingPong(1: Message message) (streaming.mode = "bidirectional")
  // Sends the body so many times.
  Message repeat(1: Repeat repeat) (streaming.mode = "server")
}

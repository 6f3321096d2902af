// Streams: every kind, and every way to end.

namespace go interop.streams
namespace java io.windhover.interop.streams

struct Note {
  1: i32 number
  2: string text
}

/**
 * A note's text tells the server how to go on: `fail`, `crash` and `refuse` end the stream with an error, an error
 * of the handler or a business error, `return` ends it at once. Each stream has a header `opened-by`, the name of the
 * server, and a trailer `notes`, how many notes it has sent.
 */
service Streams {
  /** Sends back each note, and "bye" once the client has sent its last. */
  Note chat(1: Note note) (streaming.mode = "bidirectional")

  /** Answers with the sum of the numbers, and the texts in a row. */
  Note sum(1: Note note) (streaming.mode = "client")

  /** Sends as many notes as the number says, then does what the text says; `wait` is for the client to cancel. */
  Note count(1: Note order) (streaming.mode = "server")

  /** Passes on `count` of the server whose address the text is, with `wait`. */
  Note relay(1: Note order) (streaming.mode = "server")

  /** How the last stream ended that the client did not let come to its end; waits for it. */
  string ending()

  /** A call that is none of a stream's. */
  Note ping(1: Note note)
}

/** A service that no server registers. */
service Strangers {
  Note stray(1: Note note) (streaming.mode = "server")
}

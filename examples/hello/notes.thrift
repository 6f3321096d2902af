// What docs/guides/streaming.md shows.
namespace java io.windhover.examples.streams

struct Note {
  1: string text
}

struct Pattern {
  1: string word
}

struct Summary {
  1: i32 notes
}

service Notes {
  /** Keeps many notes. */
  Summary upload(1: Note note) (streaming.mode = "client")

  /** Sends the notes that have a word. */
  Note find(1: Pattern pattern) (streaming.mode = "server")

  /** Answers each note with one. */
  Note chat(1: Note note) (streaming.mode = "bidirectional")

  i32 count()
}

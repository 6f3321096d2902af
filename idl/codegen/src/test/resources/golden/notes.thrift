// A service with streams of every kind, and one that inherits them.
namespace java com.example.notes

struct Note {
  1: string text,
}

struct Summary {
  1: i32 notes,
}

/** Keeps notes. */
service Notes {
  /** Talks. */
  Note chat(1: Note note) (streaming.mode = "bidirectional"),

  Summary upload(1: Note note) (streaming.mode = "client"),

  /** Sends all notes that match. */
  Note find(1: Note pattern) (streaming.mode = "server"),

  i32 count(),
}

service SharedNotes extends Notes {
  Note watch(1: Note out) (streaming.mode = "server"),
}

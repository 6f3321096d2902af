package io.windhover.protobuf;

/// How much memory the objects may take that a reader makes of a message.
///
/// An empty message is two bytes of a list and an object of a hundred: the size of a message says
/// little about the memory that its objects take. So a reader keeps account of them, and what goes
/// beyond the size of its message it asks for here. A message that lies in several nodes is copied
/// to be read, and the copy counts, too. Must be safe for many threads if several readers share it.
@FunctionalInterface
public interface ObjectBudget {

  /// For a message by itself: its objects may take a quarter of the heap.
  ObjectBudget OF_ONE_MESSAGE =
      new ObjectBudget() {
        private final long maxBytes = Runtime.getRuntime().maxMemory() / 4;

        @Override
        public boolean take(long bytes, long soFar) {
          return soFar + bytes <= maxBytes;
        }
      };

  /// Asks for more.
  ///
  /// @param soFar what the same reader has been given before
  /// @return false if the reader shall give up its message
  boolean take(long bytes, long soFar);
}

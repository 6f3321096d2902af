package io.windhover.http2.hpack;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a peer has put into the dynamic table of one connection: RFC 7541, sections 2.3.2 and 4. A
/// ring, in which the newest field has place 0, and the oldest goes when there is no room.
final class DecoderTable {

  private static final int FIRST_PLACES = 16; // a power of two, as all that follow

  private @Nullable HeaderField[] ring = new HeaderField[FIRST_PLACES];
  private int added; // of all time, around the ring and around zero
  private int count;
  private int bytes;
  private int maxBytes;

  DecoderTable(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  int count() {
    return count;
  }

  int bytes() {
    return bytes;
  }

  int maxBytes() {
    return maxBytes;
  }

  /// @param place 0 for the newest, below [#count]
  HeaderField get(int place) {
    return Objects.requireNonNull(ring[slot(place)]);
  }

  private int slot(int place) {
    return added - 1 - place & ring.length - 1;
  }

  /// Changes how much it may hold.
  void resize(int maxBytes) {
    this.maxBytes = maxBytes;
    makeRoom(0);
  }

  /// Adds the newest field. One that is larger than the table leaves it empty.
  void add(HeaderField field) {
    int size = field.size();
    makeRoom(size);
    if (size > maxBytes) {
      return;
    }
    if (count == ring.length) {
      grow();
    }
    added++;
    ring[slot(0)] = field;
    count++;
    bytes += size;
  }

  private void makeRoom(int size) {
    while (count > 0 && size > maxBytes - bytes) {
      int oldest = slot(--count);
      bytes -= Objects.requireNonNull(ring[oldest]).size();
      ring[oldest] = null;
    }
  }

  /// Doubles the places. As `added` counts on, the fields move to where it wants them.
  private void grow() {
    var old = ring;
    ring = Arrays.copyOf(old, 2 * old.length);
    Arrays.fill(ring, null);
    for (int place = 0; place < count; place++) {
      ring[slot(place)] = old[added - 1 - place & old.length - 1];
    }
  }
}

package io.windhover.http2.hpack;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one end has put into the dynamic table of the other: the same fields as that one's
/// [DecoderTable] has, to be found by name and value, or by name.
final class EncoderTable {

  private static final int BYTES_PER_BUCKET = 64; // about what a field counts
  private static final int MIN_BUCKETS = 8;
  private static final int MAX_BUCKETS = 512;

  private final ArrayDeque<HeaderField> fields = new ArrayDeque<>(); // the oldest first
  private final Buckets byField;
  private final Buckets byName;
  private int added; // of all time, around zero
  private int bytes;
  private int maxBytes;

  /// @param maxBytes to start with
  /// @param largestBytes what [#resize] will say at most
  EncoderTable(int maxBytes, int largestBytes) {
    this.maxBytes = maxBytes;
    int buckets =
        Integer.highestOneBit(
            Math.clamp(largestBytes / BYTES_PER_BUCKET, MIN_BUCKETS, MAX_BUCKETS));
    byField = new Buckets(buckets);
    byName = new Buckets(buckets);
  }

  int bytes() {
    return bytes;
  }

  int maxBytes() {
    return maxBytes;
  }

  /// Returns the index of a name and value, or 0.
  int indexOf(HeaderField field, int hash) {
    for (var link = byField.newest(hash); link != null; link = link.older) {
      if (link.field.sameText(field)) {
        return index(link);
      }
    }
    return 0;
  }

  /// Returns the index of the newest field of a name, or 0.
  int indexOf(String name) {
    for (var link = byName.newest(name.hashCode()); link != null; link = link.older) {
      if (link.field.name().equals(name)) {
        return index(link);
      }
    }
    return 0;
  }

  private int index(Link link) {
    return StaticTable.SIZE + added - link.number;
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
    fields.addLast(field);
    byField.add(field.hash(), field, added);
    byName.add(field.name().hashCode(), field, added);
    added++;
    bytes += size;
  }

  private void makeRoom(int size) {
    while (!fields.isEmpty() && size > maxBytes - bytes) {
      var oldest = fields.removeFirst();
      byField.removeOldest(oldest.hash());
      byName.removeOldest(oldest.name().hashCode());
      bytes -= oldest.size();
    }
  }

  /// Fields by a hash of theirs. Each bucket is a chain from the newest to the oldest, so that the
  /// oldest field of all is the last of its chain.
  private static final class Buckets {
    private final @Nullable Link[] chains;

    Buckets(int count) {
      chains = new Link[count];
    }

    private int bucket(int hash) {
      return hash & chains.length - 1;
    }

    @Nullable Link newest(int hash) {
      return chains[bucket(hash)];
    }

    void add(int hash, HeaderField field, int number) {
      int bucket = bucket(hash);
      chains[bucket] = new Link(field, number, chains[bucket]);
    }

    /// Removes the oldest field of all, whose hash this is.
    void removeOldest(int hash) {
      int bucket = bucket(hash);
      var link = Objects.requireNonNull(chains[bucket]);
      Link newer = null;
      while (link.older != null) {
        newer = link;
        link = link.older;
      }
      if (newer == null) {
        chains[bucket] = null;
      } else {
        newer.older = null;
      }
    }
  }

  private static final class Link {
    final HeaderField field;
    final int number; // counts up with each field of the table
    @Nullable Link older;

    Link(HeaderField field, int number, @Nullable Link older) {
      this.field = field;
      this.number = number;
      this.older = older;
    }
  }
}

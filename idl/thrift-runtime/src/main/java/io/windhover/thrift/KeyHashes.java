package io.windhover.thrift;

import java.util.concurrent.ThreadLocalRandom;

/// Watches the hash codes of the keys of one map, or of the elements of one set, while it is read.
///
/// The hash codes of structs and containers can be made equal at will, and unlike strings and
/// numbers they have no order by which a hash table could keep such keys apart: each new one is
/// compared with all before it, and a peer makes a message of a few hundred KiB cost half a minute.
/// So the comparisons are estimated, and a message may cause [#FREE_A_KEY] for each of its keys and
/// [#FREE_A_MESSAGE] besides: that is some 1,200 keys of one hash code, and far from what hash
/// codes do by chance.
///
/// The estimate costs little. The first [#UNWATCHED_KEYS] of a container cannot do harm. Behind
/// them one key of about [#SAMPLING] is looked at; a peer cannot know which. It is counted in one
/// of as many slots as there are such keys, chosen by its hash code: what the slot held before
/// tells how many keys this one is compared with. There are twice as many slots, all empty again,
/// when there are more keys than slots; that forgets at most about half of the collisions.
public final class KeyHashes {

  /// Comparisons that a message may cause for each key.
  static final int FREE_A_KEY = 256;

  /// Comparisons that a message may cause besides, in all.
  static final int FREE_A_MESSAGE = 1 << 16;

  /// So few keys cannot take more than [#FREE_A_KEY] comparisons each.
  static final int UNWATCHED_KEYS = 2 * FREE_A_KEY;

  private static final int SAMPLING_BITS = 4;
  private static final int SAMPLING = 1 << SAMPLING_BITS;
  private static final int MIN_SLOTS = 64;
  private static final char[] NO_SLOTS = {};

  private final ThriftReader reader;
  private int untilNext = UNWATCHED_KEYS;
  private int random;
  private char[] slots = NO_SLOTS;
  private int sampled;

  KeyHashes(ThriftReader reader) {
    this.reader = reader;
  }

  /// Counts a key.
  ///
  /// @return the key
  /// @throws ThriftProtocolException if too many keys of the message have equal hash codes
  public <K> K counted(K key) {
    if (--untilNext < 0) {
      sample(key.hashCode());
    }
    return key;
  }

  private void sample(int hash) {
    if (slots.length == 0) {
      random = ThreadLocalRandom.current().nextInt();
      slots = new char[MIN_SLOTS];
    } else if (sampled == slots.length) {
      slots = new char[2 * slots.length];
      sampled = 0;
    }
    random = random * 0x19660d + 0x3c6ef35f; // Numerical Recipes, "Quick and Dirty Generators"
    untilNext = random >>> Integer.SIZE - SAMPLING_BITS - 1;
    sampled++;
    int earlier = slots[spread(hash) & slots.length - 1]++;
    reader.compareKeys(SAMPLING * (SAMPLING * earlier - FREE_A_KEY));
  }

  /// Spreads patterns of honest hash codes over the slots (the end of MurmurHash3). A peer that
  /// sees through it can only have its own message refused.
  private static int spread(int hash) {
    int h = (hash ^ hash >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }
}

package io.windhover.thrift;

import io.windhover.buffer.LinkBuffer;
import io.windhover.buffer.NodePool;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/// How bytes lie in a buffer: each must read the same.
enum Feed {
  WHOLE,
  ONE_BYTE_A_NODE,
  RANDOM_SPLITS;

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  LinkBuffer of(String hex) {
    return of(hex(hex));
  }

  LinkBuffer of(byte[] bytes) {
    var random = new Random(bytes.length);
    var buffer = new LinkBuffer(new NodePool(0));
    for (int i = 0; i < bytes.length; ) {
      int count =
          switch (this) {
            case WHOLE -> bytes.length;
            case ONE_BYTE_A_NODE -> 1;
            case RANDOM_SPLITS -> Math.min(1 + random.nextInt(16), bytes.length - i);
          };
      buffer.append(LinkBuffer.wrap(Arrays.copyOfRange(bytes, i, i + count)));
      i += count;
    }
    return buffer;
  }

  static byte[] drain(LinkBuffer buffer) {
    var bytes = new byte[buffer.size()];
    buffer.readBytes(bytes, 0, bytes.length);
    return bytes;
  }
}

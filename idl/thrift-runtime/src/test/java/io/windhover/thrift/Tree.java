package io.windhover.thrift;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recursive struct with a codec in the shape of generated code: `struct Tree {1: required i32
/// value, 2: Tree child, 3: list<i64> numbers}`.
final class Tree {

  static final StructCodec<Tree> CODEC = new Codec();

  int value;
  @Nullable Tree child;
  List<Long> numbers = new ArrayList<>();
  UnknownFields unknown = UnknownFields.NONE;

  static Tree ofDepth(int depth) {
    var tree = new Tree();
    for (int i = 1; i < depth; i++) {
      var parent = new Tree();
      parent.child = tree;
      tree = parent;
    }
    return tree;
  }

  int depth() {
    int depth = 1;
    for (var tree = child; tree != null; tree = tree.child) {
      depth++;
    }
    return depth;
  }

  private static final class Codec implements StructCodec<Tree> {

    @Override
    public Tree read(ThriftReader in) {
      var tree = new Tree();
      boolean hasValue = false;
      in.structBegin();
      for (int header; (header = in.fieldHeader()) != 0; ) {
        switch (header) {
          case 1 << 8 | ThriftType.I32 -> {
            tree.value = in.i32();
            hasValue = true;
          }
          case 2 << 8 | ThriftType.STRUCT -> tree.child = read(in);
          case 3 << 8 | ThriftType.LIST -> tree.numbers = readNumbers(in);
          default -> tree.unknown = in.unknown(header, tree.unknown);
        }
      }
      in.structEnd();
      if (!hasValue) {
        throw ThriftProtocolException.missing("Tree", "value");
      }
      return tree;
    }

    private static List<Long> readNumbers(ThriftReader in) {
      int count = in.listBegin(ThriftType.I64);
      var list = new ArrayList<Long>(Math.min(Math.max(count, 0), 1024));
      for (int i = 0; i < count; i++) {
        list.add(in.i64());
      }
      return list;
    }

    @Override
    public void write(Tree tree, ThriftWriter out) {
      out.structBegin();
      out.i32Field(1, tree.value);
      if (tree.child != null) {
        out.field(ThriftType.STRUCT, 2);
        write(tree.child, out);
      }
      out.field(ThriftType.LIST, 3);
      out.listBegin(ThriftType.I64, tree.numbers.size());
      for (long number : tree.numbers) {
        out.i64(number);
      }
      out.unknown(tree.unknown);
      out.structEnd();
    }
  }
}

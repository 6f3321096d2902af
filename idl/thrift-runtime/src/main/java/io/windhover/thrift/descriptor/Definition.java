package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;

/// What a file declares.
public sealed interface Definition
    permits StructDescriptor,
        EnumDescriptor,
        TypedefDescriptor,
        ConstantDescriptor,
        ServiceDescriptor {

  /// The file in which it stands.
  FileDescriptor file();

  String name();

  /// By key, in the order of the IDL; a key may have been written several times, and a bare one has
  /// the value `"1"`.
  Map<String, List<String>> annotations();

  /// The doc comment, or empty if there is none or it was left out by option.
  String doc();
}

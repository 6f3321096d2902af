package io.windhover.codegen.proto;

import io.windhover.proto.FieldType;
import io.windhover.proto.MessageType;
import io.windhover.proto.ProtoFile;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which of the files that come with the language a run needs classes of.
///
/// There is no jar with such classes: `google.protobuf.Timestamp` is generated where it is used, as
/// any other message.
final class StandardTypes {

  private final Set<ProtoFile> all = new LinkedHashSet<>();

  private StandardTypes() {}

  /// Returns the files that are not standard, then those standard ones that they have types of. If
  /// all are standard, all.
  static Collection<ProtoFile> with(List<ProtoFile> files) {
    var types = new StandardTypes();
    boolean isOnlyStandard = files.stream().allMatch(ProtoFile::isStandard);
    for (var file : files) {
      if (isOnlyStandard || !file.isStandard()) {
        types.all.add(file);
      }
    }
    List.copyOf(types.all).forEach(types::addUsed);
    return types.all;
  }

  private void addUsed(ProtoFile file) {
    file.messages().forEach(this::addUsed);
    for (var service : file.services()) {
      for (var method : service.methods()) {
        add(method.input().file());
        add(method.output().file());
      }
    }
  }

  private void addUsed(MessageType message) {
    for (var field : message.fields()) {
      switch (field.type()) {
        case FieldType.OfMessage(var type) -> add(type.file());
        case FieldType.OfEnum(var type) -> add(type.file());
        case FieldType.OfScalar _, FieldType.Unresolved _ -> {}
      }
    }
    message.messages().forEach(this::addUsed);
  }

  private void add(ProtoFile file) {
    if (file.isStandard() && all.add(file)) {
      addUsed(file);
    }
  }
}

package io.windhover.proto;

import io.windhover.proto.ast.Label;

/// Gives everything in a file its features: its own, or those of what it stands in.
final class FeatureLinker {
  void link(ProtoFile file) {
    Features features = file.features().with(file.options());
    file.setFeatures(features);
    file.messages().forEach(it -> link(it, features));
    file.enums().forEach(it -> it.setFeatures(features.with(it.options())));
    file.extensions().forEach(it -> link(it, features));
  }

  private void link(MessageType message, Features inherited) {
    Features features = inherited.with(message.options());
    message.setFeatures(features);
    message.messages().forEach(it -> link(it, features));
    message.enums().forEach(it -> it.setFeatures(features.with(it.options())));
    message.oneofs().forEach(it -> it.setFeatures(features.with(it.options())));
    message.extensions().forEach(it -> link(it, features));
    for (Field field : message.fields()) {
      link(field, field.oneof().map(Oneof::features).orElse(features));
    }
  }

  /// What proto2 and proto3 say in other words counts as a feature.
  private static void link(Field field, Features inherited) {
    Features features = inherited.with(field.options());
    if (!field.file().edition().isEdition()) {
      if (field.label() == Label.REQUIRED) {
        features = features.withFieldPresence(Features.FieldPresence.LEGACY_REQUIRED);
      }
      if (field.syntax().group().isPresent()) {
        features = features.withMessageEncoding(Features.MessageEncoding.DELIMITED);
      }
      if (field.options().has("packed")) {
        features =
            features.withRepeatedFieldEncoding(
                field.options().isTrue("packed")
                    ? Features.RepeatedFieldEncoding.PACKED
                    : Features.RepeatedFieldEncoding.EXPANDED);
      }
    }
    field.setFeatures(features);
  }
}

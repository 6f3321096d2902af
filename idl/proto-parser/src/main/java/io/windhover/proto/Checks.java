package io.windhover.proto;

import io.windhover.source.parse.Diagnostics;

/// All checks of files whose names and options are known: goes through a file and has each part
/// checked by those that know its rules.
final class Checks {
  private final FileChecker files;
  private final MessageChecker messages;
  private final FieldChecker fields;
  private final FeatureChecker features;
  private final ExtensionChecker extensions;
  private final EnumChecker enums;
  private final OptionTargets targets;
  private final NamingStyle names;
  private final VisibilityChecker visibility;

  Checks(Diagnostics diagnostics) {
    this.files = new FileChecker(diagnostics);
    this.messages = new MessageChecker(diagnostics);
    this.fields = new FieldChecker(diagnostics);
    this.features = new FeatureChecker(diagnostics);
    this.extensions = new ExtensionChecker(diagnostics);
    this.enums = new EnumChecker(diagnostics);
    this.targets = new OptionTargets(diagnostics);
    this.names = new NamingStyle(diagnostics);
    this.visibility = new VisibilityChecker(diagnostics);
  }

  void check(ProtoFile file) {
    files.check(file);
    names.check(file);
    visibility.check(file);
    targets.check(file.options(), OptionTargets.Target.FILE, file);
    file.messages().forEach(this::check);
    file.enums().forEach(this::check);
    file.extensions().forEach(this::checkExtension);
    for (Service service : file.services()) {
      targets.check(service.options(), OptionTargets.Target.SERVICE, file);
      service
          .methods()
          .forEach(it -> targets.check(it.options(), OptionTargets.Target.METHOD, file));
    }
  }

  private void check(MessageType message) {
    ProtoFile file = message.file();
    message.messages().forEach(this::check);
    message.enums().forEach(this::check);
    message.extensions().forEach(this::checkExtension);
    messages.check(message);
    targets.check(message.options(), OptionTargets.Target.MESSAGE, file);
    message.oneofs().forEach(it -> targets.check(it.options(), OptionTargets.Target.ONEOF, file));
    for (ExtensionRange range : message.extensionRanges()) {
      targets.check(range.options(), OptionTargets.Target.EXTENSION_RANGE, file);
    }
    if (!message.isMapEntry()) {
      message.fields().forEach(this::check);
    }
  }

  private void check(Field field) {
    fields.check(field);
    features.check(field);
    targets.check(field.options(), OptionTargets.Target.FIELD, field.file());
  }

  private void checkExtension(Field extension) {
    check(extension);
    extensions.check(extension);
  }

  private void check(EnumType type) {
    enums.check(type);
    targets.check(type.options(), OptionTargets.Target.ENUM, type.file());
    for (EnumValue value : type.values()) {
      targets.check(value.options(), OptionTargets.Target.ENUM_ENTRY, type.file());
    }
  }
}

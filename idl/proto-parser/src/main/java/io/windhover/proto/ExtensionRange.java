package io.windhover.proto;

import io.windhover.proto.ast.ExtensionsDef;

/// Numbers that extensions of a message may have.
public final class ExtensionRange {
  private final ExtensionsDef syntax;
  private final Reserved.Range numbers;
  private Options options = Options.NONE;

  ExtensionRange(ExtensionsDef syntax, Reserved.Range numbers) {
    this.syntax = syntax;
    this.numbers = numbers;
  }

  public ExtensionsDef syntax() {
    return syntax;
  }

  public Reserved.Range numbers() {
    return numbers;
  }

  public Options options() {
    return options;
  }

  void setOptions(Options options) {
    this.options = options;
  }
}

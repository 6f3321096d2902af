package io.windhover.source;

import java.util.Map;

/// Rules of no language.
public enum SampleRule implements Rule {
  BAD_ENCODING("E002"),
  DUPLICATE_DEFINITION("E030"),
  UNUSED_INCLUDE("W017"),
  JAVA_WORD("N002");

  private final String code;

  SampleRule(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public RuleText text() {
    return new RuleText(this, "Nothing.", Map.of());
  }
}

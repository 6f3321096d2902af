package io.windhover.source;

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
}

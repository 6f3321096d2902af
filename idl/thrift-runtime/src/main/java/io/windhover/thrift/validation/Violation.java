package io.windhover.thrift.validation;

/// A rule of the IDL that a value breaks. Its texts have no line breaks, whatever the value holds.
///
/// @param path where the value is, such as `req.items[3].name` or `labels['a']`; the names are
///   those of the IDL. Empty for the struct that was checked itself
/// @param rule the rule's key in the IDL without `vt.`, such as `elem.min_size`
/// @param expected what the rule wants, such as `at least 3 bytes`
/// @param actual what there is instead, shortened if it is long
public record Violation(String path, String rule, String expected, String actual) {

  /// Says in one line what is wrong and what would be right: `req.name needs at least 3 bytes, has
  /// 2 (vt.min_size)`.
  public String message() {
    return "%s needs %s, has %s (vt.%s)"
        .formatted(path.isEmpty() ? "the struct" : path, expected, actual, rule);
  }
}

package io.windhover.http2.hpack;

/// One field of a header list: a name and a value, an octet a character (ISO 8859-1).
///
/// What HTTP/2 asks of fields, such as names in lower case, is checked by those who know what a
/// list is for, not here: to HPACK all octets are the same.
///
/// @param name what a sender writes in lower case
/// @param value without the octets that HTTP/1 has around it
/// @param neverIndexed whether this is so secret that no table may have it, here or further on
public record HeaderField(String name, String value, boolean neverIndexed) {

  /// What RFC 7541, section 4.1, and RFC 9113, section 6.5.2, count for a field besides its octets.
  static final int OVERHEAD_BYTES = 32;

  /// A field that tables may have.
  public HeaderField(String name, String value) {
    this(name, value, false);
  }

  /// Returns what the field counts in a table, or against a limit of lists, in bytes.
  public int size() {
    return name.length() + value.length() + OVERHEAD_BYTES;
  }

  /// A hash of name and value, of which strings keep theirs: nothing is computed twice.
  int hash() {
    return 31 * name.hashCode() + value.hashCode();
  }

  /// Whether this has the name and the value of `other`, however secret they are.
  boolean sameText(HeaderField other) {
    return name.equals(other.name) && value.equals(other.value);
  }

  /// Returns `name: value`, or the name alone if the value is a secret.
  @Override
  public String toString() {
    return neverIndexed ? name + ": (secret)" : name + ": " + value;
  }
}

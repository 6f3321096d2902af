package io.windhover.codegen;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What an [OutputDirectory] knows about its files: a line for each, sorted, of the form
/// `com/example/Order.java ../thrift/order.thrift`, with digests behind it if the file has no
/// header by which it would be known.
///
/// @param entries by paths from the directory, with `/` between their parts
record Manifest(Map<String, Entry> entries) {

  /// What stands for a blank in a path.
  static final String BLANK = "%20";

  private static final String DIGEST = "\t";

  Manifest {
    entries = new TreeMap<>(entries);
  }

  /// What is known about a file.
  ///
  /// @param idl the path of the IDL that it comes from
  /// @param digests of contents that were written, or are about to be; none if the file has the
  ///   header of generated files
  record Entry(String idl, Set<String> digests) {

    static Entry of(String idl, String content) {
      boolean hasHeader = content.startsWith(GeneratedFile.HEADER);
      return new Entry(
          idl, hasHeader ? Set.of() : Set.of(digest(content.getBytes(StandardCharsets.UTF_8))));
    }

    /// Whether a file with this content is what was written: all of it or, by an older version or
    /// on a full disk, nothing.
    boolean describes(byte[] content) {
      return content.length == 0 || digests.contains(digest(content));
    }

    private Entry or(Entry other) {
      var both = new TreeSet<>(digests);
      both.addAll(other.digests);
      return new Entry(other.idl, both);
    }
  }

  static Manifest parse(List<String> lines) {
    var entries = new TreeMap<String, Entry>();
    for (var line : lines) {
      var parts = line.split(" ", 2);
      if (parts.length == 2) {
        var values = Arrays.asList(parts[1].split(DIGEST, -1));
        var digests = Set.copyOf(values.subList(1, values.size()));
        entries.put(parts[0].replace(BLANK, " "), new Entry(values.getFirst(), digests));
      }
    }
    return new Manifest(entries);
  }

  /// What is right before, during and after a change from this one to another.
  Manifest or(Manifest other) {
    var both = new TreeMap<>(entries);
    other.entries.forEach((path, entry) -> both.merge(path, entry, Entry::or));
    return new Manifest(both);
  }

  @Override
  public String toString() {
    return entries.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  private static String line(String path, Entry entry) {
    var digests = entry.digests.stream().sorted().map(it -> DIGEST + it);
    return path.replace(" ", BLANK)
        + " "
        + entry.idl
        + digests.collect(Collectors.joining())
        + "\n";
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}

package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An enum.
///
/// @param items in the order of the file
public record EnumDescriptor(
    FileDescriptor file,
    String name,
    List<Item> items,
    Map<String, List<String>> annotations,
    String doc)
    implements Definition {

  public EnumDescriptor {
    items = List.copyOf(items);
  }

  /// A name for a number, which may have others.
  ///
  /// @param annotations as those of a [Definition]
  /// @param doc likewise
  public record Item(String name, int number, Map<String, List<String>> annotations, String doc) {}

  /// The first item of a number.
  public Optional<Item> item(int number) {
    return items.stream().filter(item -> item.number() == number).findFirst();
  }

  public Optional<Item> item(String itemName) {
    return items.stream().filter(item -> item.name().equals(itemName)).findFirst();
  }
}

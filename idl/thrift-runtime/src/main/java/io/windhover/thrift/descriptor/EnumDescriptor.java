package io.windhover.thrift.descriptor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An enum.
public final class EnumDescriptor extends DefinitionDescriptor {
  private final List<Item> items;

  EnumDescriptor(FileDescriptor file, String name, List<Item> items, Notes notes) {
    super(file, name, notes);
    this.items = List.copyOf(items);
  }

  /// In the order of the file.
  public List<Item> items() {
    return items;
  }

  /// The first item of a value.
  public Optional<Item> item(int value) {
    return items.stream().filter(item -> item.value == value).findFirst();
  }

  public Optional<Item> item(String name) {
    return items.stream().filter(item -> item.name.equals(name)).findFirst();
  }

  /// A name for a value, which may have others. Compared by identity.
  public static final class Item {
    private final String name;
    private final int value;
    private final Notes notes;

    Item(String name, int value, Notes notes) {
      this.name = name;
      this.value = value;
      this.notes = notes;
    }

    public String name() {
      return name;
    }

    public int value() {
      return value;
    }

    /// As those of a [DefinitionDescriptor].
    public Map<String, List<String>> annotations() {
      return notes.annotations();
    }

    /// As that of a [DefinitionDescriptor].
    public String doc() {
      return notes.doc();
    }

    @Override
    public String toString() {
      return name + " = " + value;
    }
  }
}

package io.windhover.thrift.descriptor;

import io.windhover.thrift.ThriftType;
import java.util.Locale;

/// A type as declared.
///
/// `toString()` is the IDL spelling, but for the prefixes of includes.
public sealed interface TypeDescriptor {

  /// The type that this one is in the end, if it is a typedef; elements of containers stay as they
  /// are declared. What remains of a [Named] leads to a struct or an enum.
  default TypeDescriptor trueType() {
    return this;
  }

  /// What stands for this type in the binary protocol: one of the codes of [ThriftType].
  int wireType();

  /// A built-in scalar.
  enum Scalar implements TypeDescriptor {
    BOOL(ThriftType.BOOL),
    /// Also spelled `byte`.
    I8(ThriftType.I8),
    I16(ThriftType.I16),
    I32(ThriftType.I32),
    I64(ThriftType.I64),
    DOUBLE(ThriftType.DOUBLE),
    STRING(ThriftType.STRING),
    BINARY(ThriftType.STRING),
    UUID(ThriftType.UUID);

    private final int wireType;

    Scalar(int wireType) {
      this.wireType = wireType;
    }

    @Override
    public int wireType() {
      return wireType;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// `list<element>`.
  record ListOf(TypeDescriptor element) implements TypeDescriptor {
    @Override
    public int wireType() {
      return ThriftType.LIST;
    }

    @Override
    public String toString() {
      return "list<" + element + ">";
    }
  }

  /// `set<element>`.
  record SetOf(TypeDescriptor element) implements TypeDescriptor {
    @Override
    public int wireType() {
      return ThriftType.SET;
    }

    @Override
    public String toString() {
      return "set<" + element + ">";
    }
  }

  /// `map<key, value>`.
  record MapOf(TypeDescriptor key, TypeDescriptor value) implements TypeDescriptor {
    @Override
    public int wireType() {
      return ThriftType.MAP;
    }

    @Override
    public String toString() {
      return "map<" + key + ", " + value + ">";
    }
  }

  /// A struct, an enum or a typedef, by its name.
  ///
  /// @param to leads to one of these, and to nothing else
  record Named(Reference to) implements TypeDescriptor {

    public DefinitionDescriptor definition() {
      return to.definition();
    }

    @Override
    public TypeDescriptor trueType() {
      return definition() instanceof TypedefDescriptor typedef ? typedef.target().trueType() : this;
    }

    @Override
    public int wireType() {
      var definition = definition();
      if (definition instanceof TypedefDescriptor typedef) {
        return typedef.target().wireType();
      }
      return definition instanceof EnumDescriptor ? ThriftType.I32 : ThriftType.STRUCT;
    }

    @Override
    public String toString() {
      return to.name();
    }
  }
}

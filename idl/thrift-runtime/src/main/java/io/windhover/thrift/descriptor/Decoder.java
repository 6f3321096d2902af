package io.windhover.thrift.descriptor;

import io.windhover.thrift.descriptor.FieldDescriptor.Requiredness;
import io.windhover.thrift.descriptor.TypeDescriptor.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decodes one file. `DescriptorEncoder` in the generator writes what this reads, in the same
/// order.
///
/// A definition, field, item or method begins with a number of flags: [#ANNOTATED] and
/// [#DOCUMENTED] in each, and above them what its kind has. The numbers are those that [Cursor]
/// lists.
final class Decoder {
  private static final int VERSION = 1;

  /// As deep as types and values may nest: deeper than the parser allows.
  private static final int MAX_DEPTH = 300;

  private static final int ANNOTATED = 1;
  private static final int DOCUMENTED = 2;
  private static final int OWN_SHIFT = 2;

  // flags of a field or method
  private static final int HAS_DEFAULT = 1;
  private static final int REQUIREDNESS_SHIFT = 1;
  private static final int ONEWAY = 1;
  private static final int RETURNS = 2;

  // kinds of definitions
  private static final int STRUCT = 0;
  private static final int UNION = 1;
  private static final int EXCEPTION = 2;
  private static final int ENUM = 3;
  private static final int TYPEDEF = 4;
  private static final int CONSTANT = 5;
  private static final int SERVICE = 6;

  // types, from the first that is no scalar
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int NAMED = 12;

  // values
  private static final int FALSE = 0;
  private static final int TRUE = 1;
  private static final int OF_INT = 2;
  private static final int OF_DOUBLE = 3;
  private static final int OF_STRING = 4;
  private static final int OF_UUID = 5;
  private static final int OF_ENUM = 6;
  private static final int OF_LIST = 7;
  private static final int OF_MAP = 8;
  private static final int OF_STRUCT = 9;
  private static final int OF_CONSTANT = 10;

  private static final Set<Class<? extends DefinitionDescriptor>> TYPES =
      Set.of(StructDescriptor.class, EnumDescriptor.class, TypedefDescriptor.class);
  private static final Set<Class<? extends DefinitionDescriptor>> SERVICES =
      Set.of(ServiceDescriptor.class);
  private static final Set<Class<? extends DefinitionDescriptor>> CONSTANTS =
      Set.of(ConstantDescriptor.class);

  private static final Scalar[] SCALARS = Scalar.values();
  private static final Requiredness[] REQUIREDNESS = Requiredness.values();

  private final Cursor in;
  private final FileDescriptor file;
  private final List<Referral> referrals = new ArrayList<>();
  private int depth;

  private record Referral(Reference reference, Set<Class<? extends DefinitionDescriptor>> kinds) {}

  Decoder(String source, List<FileDescriptor> includes) {
    in = new Cursor(source);
    long version = in.bits();
    if (version != VERSION) {
      throw in.damaged("version: " + version + " (expected: " + VERSION + ")");
    }
    var name = in.text();
    var namespaces = new LinkedHashMap<String, String>();
    in.list(() -> namespaces.put(in.text(), in.text()));
    long count = in.bits();
    if (count != includes.size()) {
      throw in.damaged("includes: " + includes.size() + " (expected: " + count + ")");
    }
    file = new FileDescriptor(name, namespaces, includes);
  }

  FileDescriptor file() {
    in.list(this::definition).forEach(file::add);
    in.end();
    referrals.forEach(this::check);
    return file;
  }

  private void check(Referral referral) {
    var to = referral.reference;
    if (to.file().definition(to.name()).stream()
        .noneMatch(found -> referral.kinds.stream().anyMatch(kind -> kind.isInstance(found)))) {
      throw new IllegalArgumentException("%s refers to %s, which is not there".formatted(file, to));
    }
  }

  private DefinitionDescriptor definition() {
    int flags = in.number("flags", (SERVICE + 1) << OWN_SHIFT);
    int kind = flags >> OWN_SHIFT;
    var name = in.text();
    var notes = notes(flags);
    return switch (kind) {
      case STRUCT -> struct(StructDescriptor.Kind.STRUCT, name, notes);
      case UNION -> struct(StructDescriptor.Kind.UNION, name, notes);
      case EXCEPTION -> struct(StructDescriptor.Kind.EXCEPTION, name, notes);
      case ENUM -> new EnumDescriptor(file, name, items(), notes);
      case TYPEDEF -> new TypedefDescriptor(file, name, type(), notes);
      case CONSTANT -> new ConstantDescriptor(file, name, type(), value(), notes);
      default -> new ServiceDescriptor(file, name, base(), in.list(this::method), notes);
    };
  }

  private StructDescriptor struct(StructDescriptor.Kind kind, String name, Notes notes) {
    return new StructDescriptor(file, kind, name, fields(), notes);
  }

  private @Nullable Reference base() {
    return in.number("bases", 2) == 0 ? null : reference(SERVICES);
  }

  /// Reads what `flags` says is there.
  private Notes notes(int flags) {
    var annotations = new LinkedHashMap<String, List<String>>();
    if ((flags & ANNOTATED) != 0) {
      in.list(() -> annotations.put(in.text(), List.copyOf(in.list(in::text))));
    }
    return new Notes(annotations, (flags & DOCUMENTED) == 0 ? "" : in.text());
  }

  private List<FieldDescriptor> fields() {
    var lastId = new int[1];
    return in.list(() -> field(lastId));
  }

  /// @param lastId of the field before, from which the id is counted
  private FieldDescriptor field(int[] lastId) {
    int flags = in.number("flags", REQUIREDNESS.length << (REQUIREDNESS_SHIFT + OWN_SHIFT));
    int own = flags >> OWN_SHIFT;
    long id = lastId[0] + 1L + in.signed();
    lastId[0] = in.checked("field id", id, Short.MIN_VALUE, Short.MAX_VALUE);
    var type = type();
    var name = in.text();
    var value = (own & HAS_DEFAULT) == 0 ? null : value();
    var requiredness = REQUIREDNESS[own >> REQUIREDNESS_SHIFT];
    return new FieldDescriptor(lastId[0], requiredness, type, name, value, notes(flags));
  }

  private List<EnumDescriptor.Item> items() {
    var last = new int[] {-1};
    return in.list(
        () -> {
          int flags = in.number("flags", 1 << OWN_SHIFT);
          last[0] = enumValue(last[0] + 1L + in.signed());
          return new EnumDescriptor.Item(in.text(), last[0], notes(flags));
        });
  }

  private int enumValue(long value) {
    return in.checked("enum value", value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private MethodDescriptor method() {
    int flags = in.number("flags", ((ONEWAY | RETURNS) + 1) << OWN_SHIFT);
    int own = flags >> OWN_SHIFT;
    var name = in.text();
    var returned = (own & RETURNS) == 0 ? null : type();
    boolean isOneway = (own & ONEWAY) != 0;
    return new MethodDescriptor(name, isOneway, returned, fields(), fields(), notes(flags));
  }

  private TypeDescriptor type() {
    int code = in.number("type", NAMED + 1);
    return code < LIST ? SCALARS[code] : nested(() -> composed(code));
  }

  private TypeDescriptor composed(int code) {
    return switch (code) {
      case LIST -> new TypeDescriptor.ListOf(type());
      case SET -> new TypeDescriptor.SetOf(type());
      case MAP -> new TypeDescriptor.MapOf(type(), type());
      default -> new TypeDescriptor.Named(reference(TYPES));
    };
  }

  /// @param kinds of which the definition has to be one
  private Reference reference(Set<Class<? extends DefinitionDescriptor>> kinds) {
    int include = in.number("include", file.includes().size() + 1); // 0 is this file
    var reference =
        new Reference(include == 0 ? file : file.includes().get(include - 1), in.text());
    referrals.add(new Referral(reference, kinds));
    return reference;
  }

  private ValueDescriptor value() {
    int code = in.number("value", OF_CONSTANT + 1);
    return nested(() -> value(code));
  }

  private ValueDescriptor value(int code) {
    return switch (code) {
      case FALSE -> new ValueDescriptor.OfBool(false);
      case TRUE -> new ValueDescriptor.OfBool(true);
      case OF_INT -> new ValueDescriptor.OfInt(in.signed());
      case OF_DOUBLE -> new ValueDescriptor.OfDouble(Double.longBitsToDouble(in.bits()));
      case OF_STRING -> new ValueDescriptor.OfString(in.text());
      case OF_UUID -> new ValueDescriptor.OfUuid(new UUID(in.bits(), in.bits()));
      case OF_ENUM -> new ValueDescriptor.OfEnum(in.text(), enumValue(in.signed()));
      case OF_LIST -> new ValueDescriptor.OfList(in.list(this::value));
      case OF_MAP ->
          new ValueDescriptor.OfMap(
              in.list(() -> new ValueDescriptor.OfMap.Entry(value(), value())));
      case OF_STRUCT ->
          new ValueDescriptor.OfStruct(
              in.list(() -> new ValueDescriptor.OfStruct.Member(in.text(), value())));
      default -> new ValueDescriptor.OfConstant(reference(CONSTANTS), value());
    };
  }

  private <T> T nested(Supplier<T> parse) {
    if (depth == MAX_DEPTH) {
      throw in.damaged("nested deeper than " + MAX_DEPTH);
    }
    depth++;
    var parsed = parse.get();
    depth--;
    return parsed;
  }
}

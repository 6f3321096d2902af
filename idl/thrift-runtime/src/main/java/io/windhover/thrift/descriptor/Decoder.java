package io.windhover.thrift.descriptor;

import io.windhover.thrift.descriptor.FieldDescriptor.Requiredness;
import io.windhover.thrift.descriptor.TypeDescriptor.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// Decodes one file. `DescriptorEncoder` in the generator writes what this reads, in the same
/// order.
///
/// A definition, field, item or method begins with a number of flags: [#ANNOTATED] and
/// [#DOCUMENTED] in each, and above them what its kind has.
final class Decoder {
  private static final int VERSION = 1;

  /// As deep as types and values may nest: deeper than the parser allows.
  private static final int MAX_DEPTH = 300;

  private static final int ANNOTATED = 1;
  private static final int DOCUMENTED = 2;
  private static final int OWN_SHIFT = 2;
  private static final int ONEWAY = 1;
  private static final int RETURNS = 2;
  private static final int HAS_DEFAULT = 1;

  private static final Set<Class<? extends Definition>> TYPES =
      Set.of(StructDescriptor.class, EnumDescriptor.class, TypedefDescriptor.class);
  private static final Set<Class<? extends Definition>> SERVICES = Set.of(ServiceDescriptor.class);
  private static final Set<Class<? extends Definition>> CONSTANTS =
      Set.of(ConstantDescriptor.class);

  private static final Scalar[] SCALARS = Scalar.values();
  private static final Requiredness[] REQUIREDNESS = Requiredness.values();
  private static final StructDescriptor.Kind[] STRUCTS = StructDescriptor.Kind.values();

  private final Cursor in;
  private final FileDescriptor file;
  private final List<Referral> referrals = new ArrayList<>();
  private int depth;

  private record Referral(Reference reference, Set<Class<? extends Definition>> kinds) {}

  Decoder(String source, List<FileDescriptor> includes) {
    in = new Cursor(source);
    long version = in.bits();
    if (version != VERSION) {
      throw in.damaged("version " + version + " (expected: " + VERSION + ")");
    }
    var name = in.text();
    var namespaces = new LinkedHashMap<String, String>();
    in.list(() -> namespaces.put(in.text(), in.text()));
    int count = in.number(Integer.MAX_VALUE);
    if (count != includes.size()) {
      throw in.damaged(includes.size() + " includes (expected: " + count + ")");
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
      throw new DescriptorException(
          "%s refers to %s of %s, which is not there".formatted(file, to, to.file()));
    }
  }

  private Definition definition() {
    int flags = in.number(32);
    int kind = flags >> OWN_SHIFT;
    var name = in.text();
    var annotations = annotations(flags);
    var doc = doc(flags);
    return switch (kind) {
      case 0, 1, 2 -> new StructDescriptor(file, STRUCTS[kind], name, fields(), annotations, doc);
      case 3 -> new EnumDescriptor(file, name, items(), annotations, doc);
      case 4 -> new TypedefDescriptor(file, name, type(), annotations, doc);
      case 5 -> new ConstantDescriptor(file, name, type(), value(), annotations, doc);
      case 6 -> {
        var base = in.list(() -> reference(SERVICES)); // none or one
        var methods = in.list(this::method);
        yield new ServiceDescriptor(
            file, name, base.stream().findFirst(), methods, annotations, doc);
      }
      default -> throw in.damaged("kind " + kind);
    };
  }

  private Map<String, List<String>> annotations(int flags) {
    if ((flags & ANNOTATED) == 0) {
      return Map.of();
    }
    var annotations = new LinkedHashMap<String, List<String>>();
    in.list(() -> annotations.put(in.text(), List.copyOf(in.list(in::text))));
    return Collections.unmodifiableMap(annotations);
  }

  private String doc(int flags) {
    return (flags & DOCUMENTED) == 0 ? "" : in.text();
  }

  private List<FieldDescriptor> fields() {
    var lastId = new int[1];
    return in.list(() -> field(lastId));
  }

  /// @param lastId of the field before, from which the id is counted
  private FieldDescriptor field(int[] lastId) {
    int flags = in.number(32);
    int own = flags >> OWN_SHIFT;
    long id = lastId[0] + 1 + in.signed();
    if (id != (short) id) {
      throw in.damaged("field id " + id);
    }
    lastId[0] = (int) id;
    if (own >> 1 >= REQUIREDNESS.length) {
      throw in.damaged("flags " + flags);
    }
    var type = type();
    var name = in.text();
    var value = (own & HAS_DEFAULT) == 0 ? Optional.<ValueDescriptor>empty() : Optional.of(value());
    return new FieldDescriptor(
        (int) id, REQUIREDNESS[own >> 1], type, name, value, annotations(flags), doc(flags));
  }

  private List<EnumDescriptor.Item> items() {
    var last = new long[] {-1};
    return in.list(
        () -> {
          int flags = in.number(1 << OWN_SHIFT);
          last[0] += 1 + in.signed();
          return new EnumDescriptor.Item(in.text(), (int) last[0], annotations(flags), doc(flags));
        });
  }

  private MethodDescriptor method() {
    int flags = in.number(32);
    int own = flags >> OWN_SHIFT;
    var name = in.text();
    var returned = (own & RETURNS) == 0 ? Optional.<TypeDescriptor>empty() : Optional.of(type());
    return new MethodDescriptor(
        name, (own & ONEWAY) != 0, returned, fields(), fields(), annotations(flags), doc(flags));
  }

  private TypeDescriptor type() {
    int code = in.number(SCALARS.length + 4);
    return code < SCALARS.length ? SCALARS[code] : nested(() -> composed(code - SCALARS.length));
  }

  private TypeDescriptor composed(int code) {
    return switch (code) {
      case 0 -> new TypeDescriptor.ListOf(type());
      case 1 -> new TypeDescriptor.SetOf(type());
      case 2 -> new TypeDescriptor.MapOf(type(), type());
      default -> reference(TYPES);
    };
  }

  /// @param kinds of which the definition has to be one
  private Reference reference(Set<Class<? extends Definition>> kinds) {
    int include = in.number(file.includes().size() + 1); // 0 is this file
    var reference =
        new Reference(include == 0 ? file : file.includes().get(include - 1), in.text());
    referrals.add(new Referral(reference, kinds));
    return reference;
  }

  private ValueDescriptor value() {
    return nested(
        () ->
            switch (in.number(11)) {
              case 0 -> new ValueDescriptor.OfBool(false);
              case 1 -> new ValueDescriptor.OfBool(true);
              case 2 -> new ValueDescriptor.OfInt(in.signed());
              case 3 -> new ValueDescriptor.OfDouble(Double.longBitsToDouble(in.bits()));
              case 4 -> new ValueDescriptor.OfString(in.text());
              case 5 -> new ValueDescriptor.OfUuid(new UUID(in.bits(), in.bits()));
              case 6 -> new ValueDescriptor.OfEnum(in.text(), (int) in.signed());
              case 7 -> new ValueDescriptor.OfList(in.list(this::value));
              case 8 ->
                  new ValueDescriptor.OfMap(
                      in.list(() -> new ValueDescriptor.OfMap.Entry(value(), value())));
              case 9 ->
                  new ValueDescriptor.OfStruct(
                      in.list(() -> new ValueDescriptor.OfStruct.Member(in.text(), value())));
              default -> new ValueDescriptor.OfConstant(reference(CONSTANTS), value());
            });
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

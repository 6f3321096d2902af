package io.windhover.codegen.emit;

import io.windhover.codegen.model.Lowering;
import io.windhover.idl.BaseType;
import io.windhover.idl.Constant;
import io.windhover.idl.Definition;
import io.windhover.idl.EnumType;
import io.windhover.idl.Field;
import io.windhover.idl.Method;
import io.windhover.idl.Program;
import io.windhover.idl.Service;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType.ListType;
import io.windhover.idl.TrueType.MapType;
import io.windhover.idl.TrueType.SetType;
import io.windhover.idl.Type;
import io.windhover.idl.Typedef;
import io.windhover.idl.Value;
import io.windhover.idl.ast.Annotation;
import io.windhover.idl.ast.DocComment;
import io.windhover.idl.ast.Requiredness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes one file of the model as a short text, which `FileDescriptor` of the runtime decodes:
/// what `Decoder` there reads, in the same order, with the numbers that its `Cursor` lists.
public final class DescriptorEncoder {
  private static final int VERSION = 1;
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

  private final Program program;
  private final boolean withDocs;
  private final DescriptorText out = new DescriptorText();

  private DescriptorEncoder(Program program, boolean withDocs) {
    this.program = program;
    this.withDocs = withDocs;
  }

  /// @param withDocs whether to keep doc comments
  public static String encode(Program program, boolean withDocs) {
    var encoder = new DescriptorEncoder(program, withDocs);
    encoder.file();
    return encoder.out.toString();
  }

  private void file() {
    out.number(VERSION);
    out.text(program.name() + ".thrift");
    var namespaces = new LinkedHashMap<String, String>();
    program
        .syntax()
        .namespaces()
        .forEach(it -> namespaces.putIfAbsent(it.scope(), it.name().text()));
    out.list(
        namespaces.entrySet(),
        it -> {
          out.text(it.getKey());
          out.text(it.getValue());
        });
    out.number(program.includes().size());
    out.list(program.definitions(), this::definition);
  }

  private void definition(Definition definition) {
    var annotations = annotations(definition.syntax().annotations());
    var doc = doc(definition.doc());
    out.number(flags(kind(definition), annotations, doc));
    out.text(definition.name());
    tail(annotations, doc);
    switch (definition) {
      case StructType struct -> fields(struct.fields());
      case EnumType type -> items(type.items());
      case Typedef typedef -> type(typedef.target());
      case Constant constant -> {
        type(constant.type());
        value(constant.value(), true);
      }
      case Service service -> {
        out.list(service.base().stream().toList(), this::reference);
        out.list(service.methods(), this::method);
      }
    }
  }

  private static int kind(Definition definition) {
    return switch (definition) {
      case StructType struct ->
          switch (struct.kind()) {
            case STRUCT -> STRUCT;
            case UNION -> UNION;
            case EXCEPTION -> EXCEPTION;
          };
      case EnumType _ -> ENUM;
      case Typedef _ -> TYPEDEF;
      case Constant _ -> CONSTANT;
      case Service _ -> SERVICE;
    };
  }

  private static int flags(int own, Map<String, List<String>> annotations, String doc) {
    return own << OWN_SHIFT
        | (annotations.isEmpty() ? 0 : ANNOTATED)
        | (doc.isEmpty() ? 0 : DOCUMENTED);
  }

  /// Writes what [#flags] says is there.
  private void tail(Map<String, List<String>> annotations, String doc) {
    if (!annotations.isEmpty()) {
      out.list(
          annotations.entrySet(),
          it -> {
            out.text(it.getKey());
            out.list(it.getValue(), out::text);
          });
    }
    if (!doc.isEmpty()) {
      out.text(doc);
    }
  }

  private static Map<String, List<String>> annotations(List<Annotation> annotations) {
    var byKey = new LinkedHashMap<String, List<String>>();
    for (var annotation : annotations) {
      byKey
          .computeIfAbsent(annotation.key().text(), _ -> new ArrayList<>())
          .add(annotation.value().map(it -> it.value()).orElse("1"));
    }
    return byKey;
  }

  private String doc(Optional<DocComment> doc) {
    return withDocs ? String.join("\n", Lowering.doc(doc)) : "";
  }

  private void fields(List<Field> fields) {
    out.number(fields.size());
    int lastId = 0;
    for (var field : fields) {
      var annotations = annotations(field.syntax().annotations());
      var doc = doc(field.doc());
      var value = field.defaultValue();
      int own =
          code(field.requiredness()) << REQUIREDNESS_SHIFT | (value.isPresent() ? HAS_DEFAULT : 0);
      out.number(flags(own, annotations, doc));
      out.signed((long) field.id() - lastId - 1);
      lastId = field.id();
      type(field.type());
      out.text(field.name());
      value.ifPresent(it -> value(it, true));
      tail(annotations, doc);
    }
  }

  private void items(List<EnumType.Item> items) {
    out.number(items.size());
    long last = -1;
    for (var item : items) {
      var annotations = annotations(item.syntax().annotations());
      var doc = doc(item.syntax().doc());
      out.number(flags(0, annotations, doc));
      out.signed(item.value() - last - 1);
      last = item.value();
      out.text(item.name());
      tail(annotations, doc);
    }
  }

  private void method(Method method) {
    var annotations = annotations(method.syntax().annotations());
    var doc = doc(method.doc());
    int own = (method.isOneway() ? ONEWAY : 0) | (method.returnType().isPresent() ? RETURNS : 0);
    out.number(flags(own, annotations, doc));
    out.text(method.name());
    method.returnType().ifPresent(this::type);
    fields(method.arguments());
    fields(method.exceptions());
    tail(annotations, doc);
  }

  private void type(Type type) {
    switch (type) {
      case BaseType base -> out.number(code(base));
      case ListType list -> {
        out.number(LIST);
        type(list.element());
      }
      case SetType set -> {
        out.number(SET);
        type(set.element());
      }
      case MapType map -> {
        out.number(MAP);
        type(map.key());
        type(map.value());
      }
      case EnumType named -> named(named);
      case StructType named -> named(named);
      case Typedef named -> named(named);
    }
  }

  private static int code(Requiredness requiredness) {
    return switch (requiredness) {
      case DEFAULT -> 0;
      case REQUIRED -> 1;
      case OPTIONAL -> 2;
    };
  }

  private static int code(BaseType type) {
    return switch (type) {
      case BOOL -> 0;
      case I8 -> 1;
      case I16 -> 2;
      case I32 -> 3;
      case I64 -> 4;
      case DOUBLE -> 5;
      case STRING -> 6;
      case BINARY -> 7;
      case UUID -> 8;
    };
  }

  private void named(Definition definition) {
    out.number(NAMED);
    reference(definition);
  }

  private void reference(Definition definition) {
    out.number(program.includes().indexOf(definition.program()) + 1L); // 0 is this file
    out.text(definition.name());
  }

  /// @param isHere whether the value is written in this file, so that the constants in it are of
  ///   files that this one includes
  private void value(Value value, boolean isHere) {
    switch (value) {
      case Value.OfBool(boolean it) -> out.number(it ? TRUE : FALSE);
      case Value.OfInt(long it) -> {
        out.number(OF_INT);
        out.signed(it);
      }
      case Value.OfEnumNumber(int it) -> {
        out.number(OF_INT);
        out.signed(it);
      }
      case Value.OfDouble(double it) -> {
        out.number(OF_DOUBLE);
        out.number(Double.doubleToLongBits(it));
      }
      case Value.OfString(String it) -> {
        out.number(OF_STRING);
        out.text(it);
      }
      case Value.OfUuid(var it) -> {
        out.number(OF_UUID);
        out.number(it.getMostSignificantBits());
        out.number(it.getLeastSignificantBits());
      }
      case Value.OfEnum(var item) -> {
        out.number(OF_ENUM);
        out.text(item.name());
        out.signed(item.value());
      }
      case Value.OfList(var elements) -> {
        out.number(OF_LIST);
        out.list(elements, it -> value(it, isHere));
      }
      case Value.OfMap(var entries) -> {
        out.number(OF_MAP);
        out.list(
            entries,
            it -> {
              value(it.key(), isHere);
              value(it.value(), isHere);
            });
      }
      case Value.OfStruct struct -> {
        out.number(OF_STRUCT);
        out.list(
            struct.members(),
            it -> {
              out.text(it.field().name());
              value(it.value(), isHere);
            });
      }
      case Value.OfConstant constant when isHere -> {
        out.number(OF_CONSTANT);
        reference(constant.constant());
        value(constant.value(), false);
      }
      case Value.OfConstant constant -> value(constant.value(), false);
    }
  }
}

package io.windhover.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.windhover.codegen.model.JavaNames;
import io.windhover.protobuf.Bytes;
import io.windhover.protobuf.ProtoEnum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a message says, told alike of one of ours and of one of protobuf-java: values by the names
/// of their fields. Looks at ours by its accessors, as a user does.
final class Meaning {

  private Meaning() {}

  static Map<String, Object> of(Message message) {
    var meaning = new TreeMap<String, Object>();
    for (var field : message.getDescriptorForType().getFields()) {
      if (field.isRepeated() || !field.hasPresence() || message.hasField(field)) {
        meaning.put(field.getName(), theirs(field, message.getField(field)));
      }
    }
    return meaning;
  }

  private static Object theirs(FieldDescriptor field, Object value) {
    if (field.isMapField()) {
      var map = new HashMap<Object, Object>();
      for (var entry : (List<?>) value) {
        var fields = ((Message) entry).getDescriptorForType().getFields();
        var own = (Message) entry;
        map.put(theirsOne(own.getField(fields.get(0))), theirsOne(own.getField(fields.get(1))));
      }
      return map;
    }
    return field.isRepeated()
        ? ((List<?>) value).stream().map(Meaning::theirsOne).toList()
        : theirsOne(value);
  }

  private static Object theirsOne(Object value) {
    return switch (value) {
      case Message inner -> of(inner);
      case EnumValueDescriptor number -> number.getNumber();
      case ByteString bytes -> Bytes.of(bytes.toByteArray());
      default -> value;
    };
  }

  /// @param like of the same type, as protobuf-java has it
  static Map<String, Object> of(Object message, Message like) {
    var meaning = new TreeMap<String, Object>();
    var taken = Set.<String>of();
    for (var field : like.getDescriptorForType().getFields()) {
      var oneof = field.getRealContainingOneof();
      if (oneof != null) {
        var arm = call(message, JavaNames.member(oneof.getName(), taken));
        if (arm != null
            && arm.getClass().getSimpleName().equals(JavaNames.pascalCase(field.getName()))) {
          meaning.put(field.getName(), ours(field, call(arm, "value")));
        }
        continue;
      }
      var name = JavaNames.member(field.getName(), taken);
      if (field.isRepeated()
          || !field.hasPresence()
          || (boolean) call(message, "has" + JavaNames.capitalize(name))) {
        meaning.put(field.getName(), ours(field, call(message, name)));
      }
    }
    return meaning;
  }

  private static Object ours(FieldDescriptor field, Object value) {
    if (value instanceof Map<?, ?> map) {
      var fields = field.getMessageType().getFields();
      var copy = new HashMap<Object, Object>();
      map.forEach((k, v) -> copy.put(k, oursOne(fields.get(1), v)));
      return copy;
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<Object>();
      list.forEach(it -> copy.add(oursOne(field, it)));
      return copy;
    }
    return oursOne(field, value);
  }

  private static Object oursOne(FieldDescriptor field, Object value) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      return of(value, DynamicMessage.getDefaultInstance(field.getMessageType()));
    }
    return value instanceof ProtoEnum number ? number.value() : value;
  }

  static Object call(Object target, String method) {
    try {
      return target.getClass().getMethod(method).invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// Calls the method of that name that takes an argument.
  static void set(Object target, String method, Object value) {
    try {
      for (var one : target.getClass().getMethods()) {
        if (one.getName().equals(method) && one.getParameterCount() == 1) {
          one.invoke(target, value);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}

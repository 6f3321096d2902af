package io.windhover.proto.diff;

import io.windhover.proto.Field;
import io.windhover.proto.MessageType;
import java.util.HashMap;
import java.util.Map;

/// The fields of a message, to be found by what they are known by.
record Fields(Map<Integer, Field> byNumber, Map<String, Field> byName) {

  static Fields of(MessageType message) {
    var fields = new Fields(new HashMap<>(), new HashMap<>());
    for (Field field : message.fields()) {
      fields.byNumber.put(field.number(), field);
      fields.byName.put(field.name(), field);
    }
    return fields;
  }
}

package io.windhover.rpc.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import io.windhover.buffer.LinkBuffer;
import io.windhover.rpc.codec.MalformedMessageException;
import io.windhover.thrift.ObjectBudget;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the objects of a message will take of the heap, about: an empty message is two bytes of a
/// list and an object of a hundred. It is asked for before they are made.
///
/// The fewest bytes that make the most objects are known of each type. If even those would not make
/// many of a message of its size, that counts; of larger ones the fields are looked at, at the
/// price of another pass over their tags. Lite messages do not know their fields: theirs counts as
/// eight times their size.
final class ObjectEstimate {

  /// What the objects of the smallest message may take without asking, as with Thrift.
  private static final int FREE_BYTES = 8 << 10;

  /// Up to here nobody looks at the fields.
  private static final int ROUGH_BYTES = 64 << 10;

  private static final int LITE_GROWTH = 8;

  private static final ExtensionRegistry NO_EXTENSIONS = ExtensionRegistry.getEmptyRegistry();

  private static final int HEADER = 32; // with what every message has
  private static final int FIELD = 8;
  private static final int REFERENCE = 4;
  private static final int NUMBER = 8;
  private static final int TEXT = 48; // a string or bytes, with the array
  private static final int MAP_ENTRY = 96; // with its place in the table and boxes
  private static final int UNKNOWN = 144; // with its place in the tree, its list and its box
  private static final int LEAST_BYTES = 2; // of a field

  private final @Nullable Descriptor type;
  private final Map<Descriptor, Map<Integer, FieldDescriptor>> extensions;
  private final long growth; // bytes of objects of a byte, at most

  private ObjectEstimate(
      @Nullable Descriptor type,
      Map<Descriptor, Map<Integer, FieldDescriptor>> extensions,
      long growth) {
    this.type = type;
    this.extensions = extensions;
    this.growth = growth;
  }

  /// @param registry extensions that are read as such
  static ObjectEstimate of(MessageLite message, ExtensionRegistryLite registry) {
    if (!(message instanceof Message full)) {
      return new ObjectEstimate(null, Map.of(), LITE_GROWTH);
    }
    var type = full.getDescriptorForType();
    var all = new HashMap<Descriptor, Map<Integer, FieldDescriptor>>();
    collect(type, registry instanceof ExtensionRegistry known ? known : NO_EXTENSIONS, all);
    long most = UNKNOWN;
    for (var one : all.keySet()) {
      most = Math.max(most, object(one) + REFERENCE);
    }
    return new ObjectEstimate(
        all.entrySet().stream().anyMatch(ObjectEstimate::isMessageSet) ? null : type,
        all,
        most / LEAST_BYTES);
  }

  /// Whether extensions of a type are read that are wrapped in groups, through which nobody looks
  /// here.
  private static boolean isMessageSet(Map.Entry<Descriptor, Map<Integer, FieldDescriptor>> type) {
    return type.getKey().getOptions().getMessageSetWireFormat() && !type.getValue().isEmpty();
  }

  /// Adds a type, and those of its fields, each with its extensions by number.
  private static void collect(
      Descriptor type,
      ExtensionRegistry registry,
      Map<Descriptor, Map<Integer, FieldDescriptor>> all) {
    if (all.containsKey(type)) {
      return;
    }
    var extensions = new HashMap<Integer, FieldDescriptor>();
    for (var extension : registry.getAllImmutableExtensionsByExtendedType(type.getFullName())) {
      extensions.put(extension.descriptor.getNumber(), extension.descriptor);
    }
    all.put(type, extensions);
    Stream.concat(type.getFields().stream(), extensions.values().stream())
        .filter(field -> field.getJavaType() == JavaType.MESSAGE)
        .forEach(field -> collect(field.getMessageType(), registry, all));
  }

  private static long object(Descriptor type) {
    return HEADER + (long) FIELD * type.getFields().size();
  }

  /// Asks for what the objects take beyond the size of their message.
  ///
  /// @param in the message; consumes nothing
  /// @throws InvalidProtocolBufferException if it is none
  /// @throws MalformedMessageException if there is no room
  void check(LinkBuffer in, ObjectBudget objects) throws InvalidProtocolBufferException {
    int size = in.size();
    long free = (long) FREE_BYTES + size;
    long bytes = size * growth;
    if (bytes <= free) {
      return;
    }
    if (bytes > ROUGH_BYTES && type != null) {
      bytes = fieldByField(in, type);
    }
    if (bytes > free && !objects.take(bytes - free, 0)) {
      throw new MalformedMessageException(
          "the objects of the message take about %d bytes, and there is no room for them"
              .formatted(bytes));
    }
  }

  private long fieldByField(LinkBuffer in, Descriptor type) throws InvalidProtocolBufferException {
    try (var copy = in.duplicate()) {
      return message(ProtobufInput.of(copy), type, 0);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
  }

  /// To the end of the input, of what it is limited to, or of a group.
  ///
  /// @param type null of a group that is not known
  private long message(CodedInputStream in, @Nullable Descriptor type, int depth)
      throws IOException {
    if (depth > ProtobufInput.MAX_DEPTH) {
      throw new InvalidProtocolBufferException("the message has too many levels of nesting");
    }
    long bytes = type == null ? UNKNOWN : object(type);
    while (true) {
      int tag = in.readTag();
      int wireType = WireFormat.getTagWireType(tag);
      if (tag == 0 || wireType == WireFormat.WIRETYPE_END_GROUP) {
        return bytes;
      }
      var field = type == null ? null : field(type, WireFormat.getTagFieldNumber(tag), wireType);
      if (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        bytes += field == null ? UNKNOWN + text(in) : lengthDelimited(in, field, depth);
      } else if (wireType == WireFormat.WIRETYPE_START_GROUP) {
        bytes += REFERENCE + message(in, field == null ? null : field.getMessageType(), depth + 1);
      } else {
        bytes += field == null ? UNKNOWN : NUMBER;
        var _ = in.skipField(tag);
      }
    }
  }

  /// Returns null if the field is not known, or not with this wire type, which is the same.
  private @Nullable FieldDescriptor field(Descriptor type, int number, int wireType) {
    var field = type.findFieldByNumber(number);
    if (field == null) {
      field = extensions.getOrDefault(type, Map.of()).get(number);
    }
    return field == null || !isReadOf(wireType, field) ? null : field;
  }

  private static boolean isReadOf(int wireType, FieldDescriptor field) {
    return field.getLiteType().getWireType() == wireType
        || (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED && field.isPackable());
  }

  private long lengthDelimited(CodedInputStream in, FieldDescriptor field, int depth)
      throws IOException {
    return switch (field.getJavaType()) {
      case MESSAGE -> {
        int limit = in.pushLimit(in.readRawVarint32());
        long bytes = message(in, field.getMessageType(), depth + 1);
        in.popLimit(limit);
        yield bytes + (field.isMapField() ? MAP_ENTRY : REFERENCE);
      }
      case STRING, BYTE_STRING -> REFERENCE + text(in);
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, ENUM -> (long) NUMBER * skipped(in); // packed
    };
  }

  private static long text(CodedInputStream in) throws IOException {
    return TEXT + (long) skipped(in);
  }

  private static int skipped(CodedInputStream in) throws IOException {
    int count = in.readRawVarint32();
    in.skipRawBytes(count);
    return count;
  }
}

package io.windhover.protobuf;

import io.windhover.buffer.LinkBuffer;
import org.jspecify.annotations.Nullable;

/// How one type of message is read and written. Generated, without state, safe for many threads.
///
/// What users call are [#read], [#write], [#fromBytes] and [#toBytes]; the other methods are for
/// the reader and the writer.
///
/// @param <T> the message
public interface ProtoCodec<T> {

  /// Reads a message: all of a buffer.
  ///
  /// @param in consumed, unless this throws
  /// @throws ProtoException if it is none, or breaks a limit
  default T read(LinkBuffer in) {
    return read(in, ObjectBudget.OF_ONE_MESSAGE);
  }

  /// The same, with an account of the objects that are made.
  default T read(LinkBuffer in, ObjectBudget objects) {
    return ProtoReader.read(this, in, objects);
  }

  /// Appends a message, without its length.
  ///
  /// @throws ProtoException if a required field is not set, a text is none, or messages nest too
  ///   deeply; nothing is appended then
  default void write(T message, LinkBuffer out) {
    ProtoWriter.write(this, message, out);
  }

  /// Reads a message: all of an array.
  ///
  /// @throws ProtoException if it is none, or breaks a limit
  default T fromBytes(byte[] bytes) {
    return ProtoReader.read(this, bytes);
  }

  /// Returns a message as bytes.
  ///
  /// @throws ProtoException as of [#write]
  default byte[] toBytes(T message) {
    return ProtoWriter.bytes(this, message);
  }

  /// Returns the message's full name in the IDL, such as `shop.Order`.
  String name();

  /// Returns the name of a field; its number if there is no such field.
  String fieldName(int number);

  /// Returns how many fields the message has, as a measure of the memory that it takes: a oneof
  /// counts as three, for the object of its arm.
  int fieldCount();

  /// Returns a message with nothing set.
  T create();

  /// Reads fields into a message, until [ProtoReader#tag] is 0.
  void mergeFields(T into, ProtoReader in);

  /// Writes the fields of a message.
  void writeFields(T message, ProtoWriter out);

  /// Returns the way to a required field that is not set, such as `items.price`; null if there is
  /// none.
  default @Nullable String missingField(T message) {
    return null;
  }
}

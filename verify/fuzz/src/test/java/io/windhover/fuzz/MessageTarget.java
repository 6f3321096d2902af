package io.windhover.fuzz;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.windhover.buffer.LinkBuffer;
import io.windhover.fuzz.messages.Everything;
import io.windhover.proto.ProtoCompiler;
import io.windhover.protobuf.ProtoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// Messages that Windhover has generated from a `.proto` file, beside those of protobuf-java: both
/// take the same bytes, whether they lie in one node or in many; and what was read means the same
/// to protobuf-java once it is written, and is written again as the same bytes.
///
/// Two differences are meant: protobuf-java reads ten bytes of some varints that have no end, and
/// cuts tags and lengths to 32 bits.
public final class MessageTarget {
  private static final Descriptor TYPE = type();

  private static final Pattern REFUSED_HERE_ALONE =
      Pattern.compile("a varint of more than ten bytes|field number [1-9]|length: [1-9]");

  private MessageTarget() {}

  private static Descriptor type() {
    var name = "everything.proto";
    try {
      var text = Files.readString(Path.of("src", "main", "proto", name));
      var set =
          FileDescriptorSet.parseFrom(
              ProtoCompiler.compile(Map.of(name, text), List.of(name)).descriptorSet());
      var file = FileDescriptor.buildFrom(set.getFile(0), new FileDescriptor[0]);
      return Objects.requireNonNull(file.findMessageTypeByName("Everything"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Called by Jazzer.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    var atOnce = read(nodes(input, input.length));
    var byByte = read(nodes(input, 1));
    if (!atOnce.equals(byByte)) {
      throw new IllegalStateException("at once: " + atOnce + ", byte by byte: " + byByte);
    }
    var theirs = theirs(input);
    if (atOnce instanceof Everything ours) {
      check(ours, theirs);
    } else if (theirs != null && !REFUSED_HERE_ALONE.matcher(atOnce.toString()).find()) {
      throw new IllegalStateException("ours: " + atOnce + ", theirs: " + theirs);
    }
  }

  private static void check(Everything ours, DynamicMessage theirs) throws IOException {
    var written = Everything.CODEC.toBytes(ours);
    if (theirs == null || !theirs.equals(DynamicMessage.parseFrom(TYPE, written))) {
      throw new IllegalStateException("ours: " + ours + ", theirs: " + theirs);
    }
    if (!Arrays.equals(written, Everything.CODEC.toBytes(Everything.CODEC.fromBytes(written)))) {
      throw new IllegalStateException("not written as it was read: " + ours);
    }
  }

  /// @return null if it is none
  private static DynamicMessage theirs(byte[] input) {
    try {
      return DynamicMessage.parseFrom(TYPE, input);
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static LinkBuffer nodes(byte[] input, int nodeBytes) {
    var buffer = new LinkBuffer();
    for (int from = 0; from < input.length; from += nodeBytes) {
      buffer.append(
          LinkBuffer.wrap(
              Arrays.copyOfRange(input, from, Math.min(from + nodeBytes, input.length))));
    }
    return buffer;
  }

  /// @return a message, or why it is none
  private static Object read(LinkBuffer in) {
    try (in) {
      return Everything.CODEC.read(in);
    } catch (ProtoException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

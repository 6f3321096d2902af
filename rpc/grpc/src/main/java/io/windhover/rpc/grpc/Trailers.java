package io.windhover.rpc.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.windhover.http2.hpack.HeaderField;
import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.transport.CallEnding;
import io.windhover.rpc.wire.FlatJson;
import io.windhover.rpc.wire.PeerText;
import io.windhover.rpc.wire.WireException;
import io.windhover.thrift.Binary;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a call ended, as its trailers say. What is not in a standard: `biz-status` and `biz-extra`
/// are Kitex', for a business status, whose text is the `grpc-message`; `wh-error` is ours, the
/// error's number where the status stands for another one, so that callers know what they would
/// know over Thrift.
///
/// @param number that the error has for callers; 0 with [GrpcCode#OK]
/// @param business null if it is none
record Trailers(GrpcStatus status, int number, @Nullable BusinessException business) {

  static final String STATUS = "grpc-status";
  static final String MESSAGE = "grpc-message";
  static final String DETAILS = "grpc-status-details-bin";
  static final String ERROR_NUMBER = "wh-error";
  static final String BUSINESS_STATUS = "biz-status";
  static final String BUSINESS_EXTRA = "biz-extra";

  /// Of a call that ended well.
  static final HeaderField OK = new HeaderField(STATUS, "0");

  /// A longer text might not fit into what peers take of trailers.
  private static final int MAX_MESSAGE_BYTES = 4 << 10;

  private static final HeaderField[] STATUSES = new HeaderField[GrpcCode.values().length];

  static {
    for (var code : GrpcCode.values()) {
      STATUSES[code.number()] = new HeaderField(STATUS, Integer.toString(code.number()));
    }
  }

  // ---- writing

  /// Appends what tells of an error.
  static void write(ApplicationException error, List<HeaderField> out) {
    var status =
        error instanceof GrpcException told
            ? told.status()
            : new GrpcStatus(StatusTable.code(error.code()), error.text());
    write(status.code(), status.message(), out);
    if (error.code() != StatusTable.number(status.code())) {
      out.add(new HeaderField(ERROR_NUMBER, Integer.toString(error.code())));
    }
    if (status.details().size() > 0) {
      var base64 =
          Base64.getEncoder().withoutPadding().encodeToString(status.details().toByteArray());
      out.add(new HeaderField(DETAILS, base64));
    }
  }

  private static void write(GrpcCode code, String message, List<HeaderField> out) {
    out.add(STATUSES[code.number()]);
    if (!message.isEmpty()) {
      out.add(new HeaderField(MESSAGE, PercentText.encode(message, MAX_MESSAGE_BYTES)));
    }
  }

  /// Appends what tells of a business status.
  static void write(BusinessException business, List<HeaderField> out) {
    write(GrpcCode.INTERNAL, business.text(), out); // as Kitex
    out.add(new HeaderField(BUSINESS_STATUS, Integer.toString(business.code())));
    if (!business.extra().isEmpty()) {
      out.add(new HeaderField(BUSINESS_EXTRA, inAscii(FlatJson.write(business.extra()))));
    }
  }

  /// Returns an ending without what would be too much for a peer, which the text says: the details
  /// of a status, and what a business status has besides.
  static CallEnding shortened(CallEnding ending) {
    return switch (ending) {
      case CallEnding.Failed(GrpcException error) when error.status().details().size() > 0 -> {
        var status = error.status();
        var what =
            "(%d bytes of details left out) %s"
                .formatted(status.details().size(), status.message());
        yield new CallEnding.Failed(new GrpcException(status.code(), what));
      }
      case CallEnding.Said(var status) ->
          new CallEnding.Said(new BusinessException(status.code(), status.text()));
      default -> ending;
    };
  }

  /// Returns a field with so many bytes less if it is the text, and as it is otherwise.
  static HeaderField shortened(HeaderField field, int byBytes) {
    return field.name().equals(MESSAGE)
        ? new HeaderField(
            MESSAGE,
            PercentText.shortened(field.value(), Math.max(0, field.value().length() - byBytes)))
        : field;
  }

  /// What is not ASCII in a JSON text stands in one of its strings.
  private static String inAscii(String json) {
    var out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  // ---- reading

  /// Whether there is a status at all.
  static boolean areIn(List<HeaderField> fields) {
    for (var field : fields) {
      if (field.name().equals(STATUS)) {
        return true;
      }
    }
    return false;
  }

  /// Reads trailers, or the head of a response that is nothing else. A status that is missing, or
  /// none that is known, is [GrpcCode#UNKNOWN]; of the latter the number is that of the error,
  /// since Kitex' servers send theirs so. A `grpc-status-details-bin` that cannot be read is as
  /// good as none.
  static Trailers read(List<HeaderField> fields) {
    var found = new Found();
    fields.forEach(found::add);
    return found.trailers();
  }

  /// The values of one list.
  private static final class Found {
    private @Nullable String status;
    private String message = "";
    private Binary details = Binary.EMPTY;
    private @Nullable String number;
    private @Nullable String business;
    private String extra = "";
    private int kitexError; // in the place of a status; 0 if there is none

    void add(HeaderField field) {
      var value = field.value();
      switch (field.name()) {
        case STATUS -> status = value;
        case MESSAGE -> message = PercentText.decode(value);
        case DETAILS -> details = bytes(value);
        case ERROR_NUMBER -> number = value;
        case BUSINESS_STATUS -> business = value;
        case BUSINESS_EXTRA -> extra = new String(value.getBytes(ISO_8859_1), UTF_8); // as Kitex
        default -> {} // metadata
      }
    }

    private static Binary bytes(String base64) {
      try {
        return Binary.wrap(Base64.getDecoder().decode(base64));
      } catch (IllegalArgumentException e) {
        return Binary.EMPTY;
      }
    }

    Trailers trailers() {
      var ended = grpcStatus();
      if (business != null) {
        return withBusiness(ended, business);
      }
      return of(ended);
    }

    private GrpcStatus grpcStatus() {
      if (status == null) {
        return new GrpcStatus(GrpcCode.UNKNOWN, "the server has sent no grpc-status");
      }
      int known = nonNegative(status);
      if (known < 0 || known >= STATUSES.length) {
        kitexError = Math.max(known, 0);
        var what = "grpc-status %s".formatted(PeerText.shortened(status));
        return new GrpcStatus(
            GrpcCode.UNKNOWN, message.isEmpty() ? what : what + ": " + message, details);
      }
      return new GrpcStatus(GrpcCode.of(known), message, details);
    }

    private Trailers of(GrpcStatus ended) {
      if (ended.code() == GrpcCode.OK) {
        return new Trailers(ended, 0, null);
      }
      if (kitexError > 0) {
        return new Trailers(ended, kitexError, null);
      }
      int told = number == null ? -1 : nonNegative(number);
      return new Trailers(ended, told < 0 ? StatusTable.number(ended.code()) : told, null);
    }

    private Trailers withBusiness(GrpcStatus ended, String code) {
      try {
        int number = Integer.parseInt(code);
        if (number == 0) {
          return of(ended);
        }
        Map<String, String> more = extra.isEmpty() ? Map.of() : FlatJson.read(extra);
        return new Trailers(ended, 0, new BusinessException(number, message, more));
      } catch (NumberFormatException e) {
        return of(malformed("biz-status is no number"));
      } catch (WireException e) {
        return of(malformed(e.getMessage()));
      }
    }

    private static GrpcStatus malformed(String what) {
      return new GrpcStatus(GrpcCode.INTERNAL, what); // as Kitex
    }

    /// Returns a number; -1 if the text is none.
    private static int nonNegative(String text) {
      try {
        return Math.max(Integer.parseInt(text), -1);
      } catch (NumberFormatException e) {
        return -1;
      }
    }
  }
}

package io.windhover.thrift.descriptor;

import java.io.Serial;

/// A constant from which no [FileDescriptor] can be decoded.
public final class DescriptorException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  DescriptorException(String message) {
    super(message);
  }
}

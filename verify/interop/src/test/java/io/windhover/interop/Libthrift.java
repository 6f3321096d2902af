package io.windhover.interop;

import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.transport.TTransportFactory;
import org.apache.thrift.transport.layered.TFramedTransport;

/// What the libthrift client and server of these tests share.
final class Libthrift {
  static final int MAX_BYTES = 64 << 20;
  static final TConfiguration CONFIGURATION =
      TConfiguration.custom().setMaxMessageSize(MAX_BYTES).setMaxFrameSize(MAX_BYTES).build();

  private Libthrift() {}

  /// Name and version.
  static String name() {
    return "libthrift " + TException.class.getPackage().getImplementationVersion();
  }

  static TTransportFactory transport(boolean isFramed) {
    return isFramed ? new TFramedTransport.Factory(MAX_BYTES) : new TTransportFactory();
  }
}

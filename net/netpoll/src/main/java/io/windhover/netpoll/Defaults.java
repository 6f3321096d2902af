package io.windhover.netpoll;

import java.nio.charset.Charset;

/// What the JVM says about the system it runs on.
final class Defaults {

  static final String OS = System.getProperty("os.name");
  static final String ARCHITECTURE = System.getProperty("os.arch");

  /// How the names of files become bytes.
  static final Charset FILE_NAMES = Charset.forName(System.getProperty("native.encoding"));

  private Defaults() {}
}

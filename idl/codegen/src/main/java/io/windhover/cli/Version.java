package io.windhover.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that the build has written into a resource.
final class Version implements IVersionProvider {
  private static final String RESOURCE = "version.properties";

  Version() {}

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"windhover " + number()};
  }

  /// As Maven names it.
  static String number() throws IOException {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    }
    return properties.getProperty("version");
  }
}

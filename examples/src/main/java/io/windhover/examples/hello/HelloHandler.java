package io.windhover.examples.hello;

import java.util.Locale;

/// What the service does: plain blocking Java.
public final class HelloHandler implements HelloService {

  @Override
  public HelloResponse hello(HelloRequest request) throws Refused {
    if (request.name().isBlank()) {
      throw new Refused().message("nobody to greet");
    }
    var greeting = "Hello, " + request.name();
    var isLoud = Tone.LOUD.equals(request.tone());
    return new HelloResponse().message(isLoud ? greeting.toUpperCase(Locale.ROOT) : greeting);
  }
}

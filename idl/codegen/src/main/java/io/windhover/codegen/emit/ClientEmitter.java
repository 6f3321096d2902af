package io.windhover.codegen.emit;

import io.windhover.codegen.model.JavaSource;
import io.windhover.codegen.model.ServiceShape;

/// Emits the interface of a service with streams as its callers see it: a handler gets streams, a
/// caller opens them.
public final class ClientEmitter {

  private final JavaSource out;
  private final ServiceShape service;
  private final String client;

  /// @param client simple name of the interface
  public ClientEmitter(JavaSource out, ServiceShape service, String client) {
    this.out = out;
    this.service = service;
    this.client = client;
  }

  public void emit() {
    var base = service.baseView();
    out.docText("[%s] as its callers see it.".formatted(service.name()));
    out.code(
        "public interface %s%s {"
            .formatted(client, base == null ? "" : " ¦extends `" + base + "`"));
    boolean isFirst = true;
    for (var method : service.methods()) {
      if (!isFirst) {
        out.blank();
      }
      isFirst = false;
      out.doc(method.doc());
      out.code(
          (method.kind().isStream()
                  ? new StreamCode(method).callerSignature()
                  : ServiceEmitter.signature(method))
              + ";");
    }
    out.code("}");
  }
}

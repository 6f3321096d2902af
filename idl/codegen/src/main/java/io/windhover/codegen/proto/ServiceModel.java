package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaNames;
import io.windhover.proto.Method;
import io.windhover.proto.Service;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a service is in Java.
///
/// @param name of the interface that a handler implements
/// @param view the interface of who calls; the same if there are no streams
/// @param calls the companion that describes the methods
record ServiceModel(
    Service service, String name, String view, String calls, List<MethodModel> methods) {

  /// The static methods of the interface, and what the stub has.
  private static final Set<String> TAKEN = Set.of("on", "serve", "caller", "service");

  /// What goes to and fro.
  enum Kind {
    UNARY,
    CLIENT_STREAM,
    SERVER_STREAM,
    BIDI_STREAM
  }

  /// @param constant that describes it
  /// @param request as [ProtoNames#java], and so `response`
  record MethodModel(
      Method method, String name, String constant, Kind kind, String request, String response) {

    boolean isStream() {
      return kind != Kind.UNARY;
    }
  }

  static ServiceModel of(Service service, ProtoNames names, MessageClasses classes) {
    var taken = new HashSet<>(TAKEN);
    taken.addAll(names.packageRoots());
    var constants = new HashSet<String>();
    var methods = new ArrayList<MethodModel>();
    for (var method : service.methods()) {
      var name = JavaNames.member(method.name(), taken);
      taken.add(name);
      var constant = JavaNames.upperCase("", name);
      while (!constants.add(constant)) {
        constant += "_";
      }
      methods.add(
          new MethodModel(
              method,
              name,
              constant,
              kind(method),
              classes.java(method.input()),
              classes.java(method.output())));
    }
    var name = names.simple(service);
    boolean hasStreams = methods.stream().anyMatch(MethodModel::isStream);
    return new ServiceModel(
        service,
        name,
        hasStreams ? names.clientOf(service) : name,
        names.callsOf(service),
        methods);
  }

  private static Kind kind(Method method) {
    if (method.isClientStreaming()) {
      return method.isServerStreaming() ? Kind.BIDI_STREAM : Kind.CLIENT_STREAM;
    }
    return method.isServerStreaming() ? Kind.SERVER_STREAM : Kind.UNARY;
  }

  boolean hasStreams() {
    return methods.stream().anyMatch(MethodModel::isStream);
  }

  /// Returns the type of what a stub calls through, as [ProtoNames#java].
  String caller() {
    return hasStreams() ? "`StreamCaller`" : "`Caller`";
  }

  /// Returns the constants that describe the methods.
  Set<String> constants() {
    return methods.stream().map(MethodModel::constant).collect(Collectors.toSet());
  }

  /// Returns the methods without streams, or those with.
  List<MethodModel> methods(boolean ofStreams) {
    return methods.stream().filter(it -> it.isStream() == ofStreams).toList();
  }
}

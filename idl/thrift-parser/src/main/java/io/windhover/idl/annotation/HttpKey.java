package io.windhover.idl.annotation;

import static io.windhover.idl.annotation.AnnotationChecker.Place.FIELD;
import static io.windhover.idl.annotation.AnnotationChecker.Place.METHOD;
import static io.windhover.idl.annotation.AnnotationChecker.Place.SERVICE;

import io.windhover.idl.annotation.AnnotationChecker.Place;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The annotations that bind services to HTTP, as Kitex' generic calls and Hertz read them.
enum HttpKey {
  GET(METHOD),
  POST(METHOD),
  PUT(METHOD),
  DELETE(METHOD),
  PATCH(METHOD),
  OPTIONS(METHOD),
  HEAD(METHOD),
  ANY(METHOD),
  SERIALIZER(METHOD),
  BASEURL(METHOD),
  PARAM(METHOD),
  CATEGORY(METHOD),
  VERSION(METHOD),
  HANDLER_PATH(METHOD),
  BASE_DOMAIN(SERVICE),
  SERVICE_PATH(SERVICE),
  QUERY(FIELD),
  PATH(FIELD),
  HEADER(FIELD),
  COOKIE(FIELD),
  BODY(FIELD),
  FORM(FIELD),
  RAW_BODY(FIELD),
  RAW_URI(FIELD),
  FILE_NAME(FIELD),
  JS_CONV(FIELD),
  NONE(FIELD),
  HTTP_CODE(FIELD),
  VD(FIELD);

  private final Place place;

  HttpKey(Place place) {
    this.place = place;
  }

  static @Nullable HttpKey find(String key) {
    for (HttpKey one : values()) {
      if (one.key().equals(key)) {
        return one;
      }
    }
    return null;
  }

  /// As written: `api.get`.
  String key() {
    return "api." + name().toLowerCase(Locale.ROOT);
  }

  Place place() {
    return place;
  }

  /// Whether this is the verb of a route.
  boolean isVerb() {
    return compareTo(ANY) <= 0;
  }

  /// Whether a field with it is read from the body of a request.
  boolean isInBody() {
    return this == BODY || this == FORM || this == RAW_BODY;
  }
}

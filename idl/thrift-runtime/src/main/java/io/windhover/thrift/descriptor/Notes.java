package io.windhover.thrift.descriptor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is written beside a definition, field, item or method.
///
/// @param annotations in their order
/// @param doc empty if there is none
record Notes(Map<String, List<String>> annotations, String doc) {

  Notes {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }
}

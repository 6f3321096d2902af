package io.windhover.source.trim;

import java.util.List;
import java.util.regex.Pattern;

/// What is wanted of a file. If nothing is named, all of its services are.
///
/// @param methods each is matched with all of `Service.method`, or with all of `method` for those
///   of the file's last service; those that a service inherits count
/// @param structs names of structs, enums or whatever is defined, as the file itself refers to them
/// @param preserves whether definitions marked by a comment `@preserve` stay
public record Selection(List<Pattern> methods, List<String> structs, boolean preserves) {

  public Selection {
    methods = List.copyOf(methods);
    structs = List.copyOf(structs);
  }

  public boolean isEmpty() {
    return methods.isEmpty() && structs.isEmpty();
  }

  /// Whether a method of a service is wanted by a pattern.
  ///
  /// @param isLast whether the service is the last of the file
  public static boolean matches(Pattern pattern, String service, String method, boolean isLast) {
    return pattern.matcher(service + "." + method).matches()
        || isLast && pattern.matcher(method).matches();
  }
}

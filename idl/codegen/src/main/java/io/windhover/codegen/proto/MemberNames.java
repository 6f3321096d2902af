package io.windhover.codegen.proto;

import io.windhover.codegen.model.JavaNames;
import io.windhover.proto.Field;
import io.windhover.proto.MessageType;
import io.windhover.proto.Oneof;
import io.windhover.proto.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The names of the accessors of a message: in camel case, each one once, and none that another
/// member has.
final class MemberNames {

  /// The bits, and the methods that each do a part of a wide message.
  private static final Pattern OF_PARTS = Pattern.compile("presence\\d*|(copy|hash|same)Part\\d+");

  private final Map<Symbol, String> names = new HashMap<>();

  MemberNames(MessageType message, Set<String> packageRoots, Set<String> reserved) {
    var members = members(message);
    var taken = new HashSet<>(reserved);
    taken.addAll(packageRoots);
    for (var member : members) {
      var name = JavaNames.member(member.name(), taken);
      while (OF_PARTS.matcher(name).matches()) {
        name += "_";
      }
      taken.add(name);
      names.put(member, name);
    }
    // a field `has_x` beside a field `x`; each turn makes one name longer, so there is an end
    while (renameOne(members)) {}
  }

  private static List<Symbol> members(MessageType message) {
    var members = new ArrayList<Symbol>();
    for (var field : message.fields()) {
      if (field.oneof().filter(it -> !it.isSynthetic()).isEmpty()) {
        members.add(field);
      }
    }
    members.addAll(ProtoNames.realOneofs(message));
    return members;
  }

  private boolean renameOne(List<Symbol> members) {
    var methods = new HashSet<String>();
    for (var member : members) {
      if (member instanceof Oneof || ((Field) member).hasPresence()) {
        methods.add("has" + stem(name(member)));
        methods.add("clear" + stem(name(member)));
      }
    }
    for (var member : members) {
      if (methods.contains(name(member))) {
        var name = name(member);
        while (methods.contains(name) || names.containsValue(name)) {
          name += "_";
        }
        names.put(member, name);
        return true;
      }
    }
    return false;
  }

  String name(Symbol member) {
    var name = names.get(member);
    if (name == null) {
      throw new IllegalStateException(member.fullName() + " has no name");
    }
    return name;
  }

  /// Returns what follows `has` and `clear`.
  static String stem(String name) {
    return JavaNames.capitalize(name);
  }
}

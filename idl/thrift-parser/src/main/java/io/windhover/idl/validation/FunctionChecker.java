package io.windhover.idl.validation;

import io.windhover.idl.BaseType;
import io.windhover.idl.StructType;
import io.windhover.idl.TrueType;
import io.windhover.idl.Value;
import io.windhover.idl.validation.Operand.Call;
import io.windhover.idl.validation.Operand.Function;
import io.windhover.idl.validation.Operand.Literal;
import io.windhover.idl.validation.Operand.Reference;
import io.windhover.idl.validation.WrittenRule.Text;
import io.windhover.source.Quote;
import io.windhover.source.parse.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Checks the arguments of one call of a function, and finds the type of its result.
final class FunctionChecker {
  private final Text name;
  private final Text call;

  /// @param name where the name stands
  /// @param call where the call stands
  FunctionChecker(Text name, Text call) {
    this.name = name;
    this.call = call;
  }

  Operand call(String function, List<Operand> arguments) throws BadRuleException {
    return switch (named(function)) {
      case LEN -> len(arguments);
      case SPRINTF -> sprintf(arguments);
      case NOW_UNIX_NANO -> {
        expectCount(arguments, 0);
        yield new Call(Function.NOW_UNIX_NANO, BaseType.I64, arguments);
      }
      case EQUAL -> equal(arguments);
      case MOD -> mod(arguments);
      case ADD -> add(arguments);
    };
  }

  private Function named(String function) throws BadRuleException {
    for (var known : Function.values()) {
      if (known.toString().equals(function)) {
        return known;
      }
    }
    var names = Stream.of(Function.values()).map(Function::toString).toList();
    throw new BadRuleException(
        name.span(),
        "unknown function %s (known: %s)".formatted(Quote.of(function), String.join(", ", names)),
        Suggestion.help(function, names));
  }

  private Operand len(List<Operand> arguments) throws BadRuleException {
    expectCount(arguments, 1);
    boolean hasLength =
        arguments.getFirst() instanceof Reference(var field)
            && switch (field.type().trueType()) {
              case BaseType base -> base == BaseType.STRING || base == BaseType.BINARY;
              case TrueType.ListType _, TrueType.SetType _, TrueType.MapType _ -> true;
              default -> false;
            };
    if (!hasLength) {
      throw bad("len needs a field with a length: a string, binary, list, set or map");
    }
    return new Call(Function.LEN, BaseType.I64, arguments);
  }

  private Operand equal(List<Operand> arguments) throws BadRuleException {
    expectCount(arguments, 2);
    var left = arguments.get(0);
    var right = arguments.get(1);
    boolean isScalar =
        switch (left.type()) {
          case StructType _, TrueType.ListType _, TrueType.SetType _, TrueType.MapType _ -> false;
          default -> true;
        };
    boolean areNumbers = left.isNumber() && right.isNumber();
    if (!isScalar || !(areNumbers || left.type().equals(right.type()))) {
      throw bad(
          "equal cannot compare %s with %s (expected: two scalars of one type)"
              .formatted(left.type(), right.type()));
    }
    return new Call(Function.EQUAL, BaseType.BOOL, arguments);
  }

  private Operand mod(List<Operand> arguments) throws BadRuleException {
    expectCount(arguments, 2);
    if (!arguments.get(0).isWhole() || !arguments.get(1).isWhole()) {
      throw bad("mod needs two whole numbers");
    }
    if (arguments.get(1) instanceof Literal(TrueType _, Value.OfInt(long divisor))
        && divisor == 0) {
      throw bad("mod by 0");
    }
    return new Call(Function.MOD, BaseType.I64, arguments);
  }

  private Operand add(List<Operand> arguments) throws BadRuleException {
    expectCount(arguments, 2);
    if (!arguments.get(0).isNumber() || !arguments.get(1).isNumber()) {
      throw bad("add needs two numbers");
    }
    boolean isWhole = arguments.get(0).isWhole() && arguments.get(1).isWhole();
    return new Call(Function.ADD, isWhole ? BaseType.I64 : BaseType.DOUBLE, arguments);
  }

  /// Turns the format and the values for its verbs into one row of pieces.
  private Operand sprintf(List<Operand> arguments) throws BadRuleException {
    if (arguments.isEmpty()
        || !(arguments.getFirst() instanceof Literal(TrueType _, Value.OfString(String format)))) {
      throw bad("sprintf needs a format in quotes as its first argument");
    }
    var pieces = new ArrayList<Operand>();
    var text = new StringBuilder();
    int used = 1;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      char verb = ++i < format.length() ? format.charAt(i) : ' ';
      if (verb == '%') {
        text.append('%');
      } else if (used == arguments.size()) {
        throw bad("sprintf has fewer values than the format has verbs");
      } else {
        addText(text, pieces);
        pieces.add(checked(verb, arguments.get(used++)));
      }
    }
    if (used < arguments.size()) {
      throw bad("sprintf has more values than the format has verbs");
    }
    addText(text, pieces);
    return new Call(Function.SPRINTF, BaseType.STRING, pieces);
  }

  private static void addText(StringBuilder text, List<Operand> pieces) {
    if (!text.isEmpty()) {
      pieces.add(new Literal(BaseType.STRING, new Value.OfString(text.toString())));
      text.setLength(0);
    }
  }

  /// Takes the verbs that Go and Java show alike.
  private Operand checked(char verb, Operand value) throws BadRuleException {
    boolean isText = value.type() == BaseType.STRING;
    boolean isBool = value.type() == BaseType.BOOL;
    boolean fits =
        switch (verb) {
          case 'd' -> value.isWhole();
          case 's' -> isText;
          case 't' -> isBool;
          case 'v' -> value.isWhole() || isText || isBool;
          default ->
              throw bad(
                  "sprintf knows no verb %s (known: %%d %%s %%t %%v %%%%)"
                      .formatted(Quote.of("%" + verb)));
        };
    if (!fits) {
      throw bad("sprintf cannot show a value of type %s by %%%s".formatted(value.type(), verb));
    }
    return value;
  }

  private void expectCount(List<Operand> arguments, int count) throws BadRuleException {
    if (arguments.size() != count) {
      throw bad(
          "%s has %d arguments (expected: %d)".formatted(name.text(), arguments.size(), count));
    }
  }

  private BadRuleException bad(String message) {
    return new BadRuleException(call.span(), message);
  }
}

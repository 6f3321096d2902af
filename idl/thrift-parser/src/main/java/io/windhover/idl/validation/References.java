package io.windhover.idl.validation;

import io.windhover.idl.Field;
import io.windhover.idl.validation.WrittenRule.Text;
import io.windhover.source.Quote;
import io.windhover.source.parse.Suggestion;
import java.util.List;

/// The fields that a rule may name.
///
/// @param owner of the fields, for messages: `struct Order`
/// @param isUnion whether only one of them is there
record References(List<Field> fields, String owner, boolean isUnion) {

  References {
    fields = List.copyOf(fields);
  }

  /// @param text the name behind a `$`
  Operand find(Text text) throws BadRuleException {
    var name = text.text().substring(1);
    if (name.isEmpty()) {
      throw new BadRuleException(
          text.span(), "$ without the name of a field", "a text cannot begin with $");
    }
    for (var field : fields) {
      if (field.name().equals(name)) {
        if (isUnion) {
          throw new BadRuleException(
              text.span(), owner + " holds one of its fields: there is no other to look at");
        }
        return new Operand.Reference(field);
      }
    }
    throw new BadRuleException(
        text.span(),
        "%s has no field %s".formatted(owner, Quote.of(name)),
        Suggestion.help(name, fields.stream().map(Field::name).toList()));
  }
}

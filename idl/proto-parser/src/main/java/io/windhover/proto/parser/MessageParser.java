package io.windhover.proto.parser;

import static io.windhover.source.parse.TokenKind.LEFT_ANGLE;
import static io.windhover.source.parse.TokenKind.LEFT_BRACE;

import io.windhover.proto.ast.ExtendDef;
import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OneofDef;
import io.windhover.proto.ast.Visibility;
import io.windhover.proto.rule.ProtoRule;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Parses messages and what extends them.
final class MessageParser {
  private final ProtoTokens tokens;
  private final OptionParser options;
  private final ReservedParser reserved;
  private final EnumParser enums;
  private final FieldParser fields;

  MessageParser(
      ProtoTokens tokens,
      Literals literals,
      OptionParser options,
      ReservedParser reserved,
      EnumParser enums) {
    this.tokens = tokens;
    this.options = options;
    this.reserved = reserved;
    this.enums = enums;
    this.fields = new FieldParser(tokens, literals, options, this);
  }

  /// The current token is `message`.
  ///
  /// @param first the one before it, if that belongs to it
  MessageDef message(Token first, Optional<Visibility> visibility) {
    tokens.advance();
    Name name = tokens.name("the name of the message");
    tokens.expect(LEFT_BRACE);
    var comment = tokens.comment(first);
    var members = members("message '" + name + "'");
    return new MessageDef(comment, visibility, name, members, tokens.spanFrom(first));
  }

  /// The current token is the one behind `{`.
  List<Member> members(String owner) {
    return tokens.nested(ProtoTokens.MAX_MESSAGES, () -> tokens.<Member>block(owner, this::member));
  }

  private void member(List<Member> members) {
    Token first = tokens.current();
    Optional<Visibility> visibility = tokens.visibility();
    switch (tokens.word()) {
      case "message" -> members.add(message(first, visibility));
      case "enum" -> members.add(enums.enumeration(first, visibility));
      case "extend" -> members.add(extend());
      case "extensions" -> members.add(reserved.extensions(options));
      case "reserved" -> members.add(reserved.reserved());
      case "option" -> members.add(options.statement());
      case "oneof" -> members.add(oneof());
      default -> members.add(fields.field());
    }
  }

  private OneofDef oneof() {
    Token first = tokens.advance();
    Name name = tokens.name("the name of the oneof");
    tokens.expect(LEFT_BRACE);
    var comment = tokens.comment(first);
    Consumer<List<Member>> member = members -> members.add(oneofMember());
    var members = tokens.block("oneof '" + name + "'", false, member);
    return new OneofDef(comment, name, members, tokens.spanFrom(first));
  }

  private Member oneofMember() {
    if (tokens.at("option")) {
      return options.statement();
    }
    Token first = tokens.current();
    boolean isMap = tokens.at("map") && tokens.next().kind() == LEFT_ANGLE;
    FieldDef field = fields.field();
    if (field.label().isPresent() || isMap) {
      tokens
          .diagnostics()
          .report(
              ProtoRule.FIELD_LABEL,
              first.span(),
              isMap
                  ? "a map cannot stand in a oneof"
                  : "'" + first.text() + "' on a field of a oneof, which is always optional",
              isMap ? "put it into a message" : "leave it out");
    }
    return field;
  }

  /// The current token is `extend`.
  ExtendDef extend() {
    Token first = tokens.advance();
    Name extendee = tokens.dottedName("the name of the message to extend");
    tokens.expect(LEFT_BRACE);
    Consumer<List<FieldDef>> member = members -> members.add(fields.field());
    var members = tokens.block("'extend " + extendee + "'", false, member);
    var extend = new ExtendDef(extendee, members, tokens.spanFrom(first));
    if (members.isEmpty()) {
      tokens.diagnostics().report(ProtoRule.SYNTAX, extend.span(), "'extend' with no field");
    }
    return extend;
  }
}

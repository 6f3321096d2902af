package io.windhover.proto.parser;

import static io.windhover.source.parse.TokenKind.LEFT_BRACE;
import static io.windhover.source.parse.TokenKind.LEFT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.RIGHT_PARENTHESIS;
import static io.windhover.source.parse.TokenKind.SEMICOLON;

import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.MethodDef;
import io.windhover.proto.ast.Name;
import io.windhover.proto.ast.OptionDef;
import io.windhover.proto.ast.ServiceDef;
import io.windhover.source.parse.Token;
import java.util.List;
import java.util.function.Consumer;

/// Parses services and their methods.
final class ServiceParser {
  private final ProtoTokens tokens;
  private final OptionParser options;

  ServiceParser(ProtoTokens tokens, OptionParser options) {
    this.tokens = tokens;
    this.options = options;
  }

  /// The current token is `service`.
  ServiceDef service() {
    Token first = tokens.advance();
    Name name = tokens.name("the name of the service");
    tokens.expect(LEFT_BRACE);
    var comment = tokens.comment(first);
    Consumer<List<Member>> member =
        members -> members.add(tokens.at("option") ? options.statement() : method());
    var members = tokens.block("service '" + name + "'", member);
    return new ServiceDef(comment, name, members, tokens.spanFrom(first));
  }

  private MethodDef method() {
    Token first = tokens.current();
    if (!tokens.accept("rpc")) {
      throw tokens.unexpected("'rpc' or 'option'");
    }
    Name name = tokens.name("the name of the method");
    MethodDef.Type input = type();
    tokens.expect("returns");
    MethodDef.Type output = type();
    List<OptionDef> body = List.of();
    boolean hasBody = tokens.accept(LEFT_BRACE);
    if (!hasBody) {
      tokens.expect(SEMICOLON, "';' or '{' behind the method");
    }
    var comment = tokens.comment(first);
    if (hasBody) {
      body = tokens.block("method '" + name + "'", this::option);
    }
    return new MethodDef(comment, name, input, output, hasBody, body, tokens.spanFrom(first));
  }

  private void option(List<OptionDef> body) {
    if (!tokens.at("option")) {
      throw tokens.unexpected("'option' or '}'");
    }
    body.add(options.statement());
  }

  private MethodDef.Type type() {
    tokens.expect(LEFT_PARENTHESIS);
    boolean isStream = tokens.accept("stream");
    Name name = tokens.dottedName("the name of a message");
    tokens.expect(RIGHT_PARENTHESIS);
    return new MethodDef.Type(name, isStream);
  }
}

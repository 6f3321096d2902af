package io.windhover.proto.trim;

import io.windhover.proto.EnumType;
import io.windhover.proto.Field;
import io.windhover.proto.MessageType;
import io.windhover.proto.Method;
import io.windhover.proto.ProtoCompilation;
import io.windhover.proto.ProtoFile;
import io.windhover.proto.Service;
import io.windhover.proto.Symbol;
import io.windhover.proto.ast.Declaration;
import io.windhover.proto.ast.EnumDef;
import io.windhover.proto.ast.ExtendDef;
import io.windhover.proto.ast.FieldDef;
import io.windhover.proto.ast.Member;
import io.windhover.proto.ast.MessageDef;
import io.windhover.proto.ast.Node;
import io.windhover.proto.ast.ServiceDef;
import io.windhover.proto.parser.ParsedFile;
import io.windhover.source.Span;
import io.windhover.source.parse.Token;
import io.windhover.source.trim.Cut;
import io.windhover.source.trim.Selection;
import io.windhover.source.trim.Trimmed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// Takes out of a `.proto` file, and of what it imports, all that is not needed for what is wanted.
///
/// What stays is what the wanted methods and types lead to: types of fields, with the messages that
/// they stand in, extensions of messages that stay, those by which options of what stays are set,
/// imports and files that are still referred to. A message or an enum stays as a whole, but for
/// messages, enums and extensions in it that nothing needs. Files that are [at hand
/// everywhere][ProtoFile#isStandard] are left out.
public final class Trimmer {
  private final ProtoCompilation compilation;
  private final ProtoFile root;
  private final Selection selection;
  private final Reach reach;

  /// What is declared, by its syntax.
  private final IdentityHashMap<Node, Symbol> symbols = new IdentityHashMap<>();

  private final List<String> removed = new ArrayList<>();

  private Trimmer(ProtoCompilation compilation, Selection selection) {
    this.compilation = compilation;
    this.root = compilation.roots().getFirst();
    this.selection = selection;
    this.reach = new Reach(compilation.files());
  }

  /// @param compilation of one file, without errors
  public static Trimmed trim(ProtoCompilation compilation, Selection selection) {
    return new Trimmer(compilation, selection).trim();
  }

  private Trimmed trim() {
    compilation.files().forEach(this::index);
    reach.add(root);
    var unknown = select();
    if (!unknown.isEmpty()) {
      return new Trimmed(List.of(), List.of(), unknown);
    }
    if (selection.preserves()) {
      preserve();
    }
    var imports = imports();
    var trimmed = new ArrayList<Trimmed.File>();
    for (var file : compilation.files()) {
      if (file != root && file.isStandard()) {
        continue;
      }
      var text = trim(file, imports);
      if (reach.has(file)) {
        trimmed.add(new Trimmed.File(file.name(), file.syntax().file().path(), text));
      } else {
        removed.add("file " + file);
      }
    }
    return new Trimmed(trimmed, removed, List.of());
  }

  /// A file that only leads to others has options, too, which may need others again.
  private Imports imports() {
    var imports = new Imports(reach, root);
    while (imports.keepFiles()) {
      imports = new Imports(reach, root);
    }
    return imports;
  }

  private void index(ProtoFile file) {
    file.messages().forEach(this::index);
    file.enums().forEach(it -> symbols.put(it.syntax(), it));
    file.extensions().forEach(it -> symbols.put(it.syntax(), it));
    for (var service : file.services()) {
      symbols.put(service.syntax(), service);
      service.methods().forEach(it -> symbols.put(it.syntax(), it));
    }
  }

  private void index(MessageType message) {
    message.syntax().ifPresent(it -> symbols.put(it, message));
    message.messages().forEach(this::index);
    message.enums().forEach(it -> symbols.put(it.syntax(), it));
    message.extensions().forEach(it -> symbols.put(it.syntax(), it));
  }

  // ---- what is wanted

  /// @return what is not there
  private List<String> select() {
    var unknown = new ArrayList<String>();
    if (selection.isEmpty()) {
      root.services().forEach(reach::add);
    }
    for (var pattern : selection.methods()) {
      if (!selectAll(pattern)) {
        unknown.add("no method matches '" + pattern + "'");
      }
    }
    for (var name : selection.structs()) {
      if (!select(name)) {
        unknown.add("no definition is called '" + name + "'");
      }
    }
    return unknown;
  }

  private boolean selectAll(Pattern pattern) {
    boolean isFound = false;
    for (var service : root.services()) {
      boolean isLast = service == root.services().getLast();
      for (var method : service.methods()) {
        if (Selection.matches(pattern, service.name(), method.name(), isLast)
            || Selection.matches(pattern, service.fullName(), method.name(), false)) {
          reach.add(method);
          isFound = true;
        }
      }
    }
    return isFound;
  }

  /// By a full name, or one in the package of the file.
  private boolean select(String name) {
    var inPackage = root.packageName().isEmpty() ? name : root.packageName() + "." + name;
    for (var fullName : List.of(inPackage, name)) {
      for (var symbol : symbols.values()) {
        if (symbol.fullName().equals(fullName) && isDefinition(symbol)) {
          reach.add(symbol);
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDefinition(Symbol symbol) {
    return symbol instanceof MessageType || symbol instanceof EnumType || symbol instanceof Service;
  }

  private void preserve() {
    for (var file : compilation.files()) {
      var cut = cut(file);
      for (var declaration : file.syntax().declarations()) {
        if (cut.isPreserved(declaration.span())) {
          declared(declaration).forEach(reach::add);
        }
      }
    }
  }

  private List<Symbol> declared(Declaration declaration) {
    List<? extends Node> declared =
        declaration instanceof ExtendDef extend ? extend.fields() : List.of(declaration);
    return declared.stream().map(symbols::get).filter(Objects::nonNull).toList();
  }

  // ---- what is not

  private String trim(ProtoFile file, Imports imports) {
    var cuts = new ArrayList<Span>();
    for (var imported : file.imports()) {
      if (!imports.isNeeded(file, imported)) {
        cuts.add(imported.syntax().span());
        removed.add("import \"%s\" of %s".formatted(imported.file(), file));
      }
    }
    file.syntax().declarations().forEach(it -> trim(it, cuts));
    var cut = cut(file);
    cuts.stream().sorted(Comparator.comparingInt(Span::start)).forEach(cut::remove);
    return cut.result();
  }

  private void trim(Declaration declaration, List<Span> cuts) {
    if (declaration instanceof ExtendDef extend) {
      trim(extend, cuts);
      return;
    }
    var symbol = Objects.requireNonNull(symbols.get(declaration));
    if (!reach.has(symbol)) {
      cuts.add(declaration.span());
      removed.add(name(symbol));
      return;
    }
    for (Member member : members(declaration)) {
      if (member instanceof Declaration nested) {
        trim(nested, cuts);
      } else if (symbols.get(member) instanceof Method method && !reach.has(method)) {
        cuts.add(member.span());
        removed.add(name(method));
      }
    }
  }

  private static List<Member> members(Declaration declaration) {
    return switch (declaration) {
      case MessageDef message -> message.members();
      case ServiceDef service -> service.members();
      case EnumDef _, ExtendDef _ -> List.of();
    };
  }

  private void trim(ExtendDef extend, List<Span> cuts) {
    var gone = new ArrayList<FieldDef>();
    for (var field : extend.fields()) {
      if (symbols.get(field) instanceof Field extension && !reach.has(extension)) {
        gone.add(field);
        removed.add(name(extension));
      }
    }
    if (gone.size() == extend.fields().size()) {
      cuts.add(extend.span());
    } else {
      gone.forEach(it -> cuts.add(it.span()));
    }
  }

  /// As `message shop.v1.Order`.
  private static String name(Symbol symbol) {
    return symbol.kind().replaceFirst("an? ", "") + " " + symbol.fullName();
  }

  private static Cut cut(ProtoFile file) {
    var parsed = ParsedFile.of(file.syntax());
    return new Cut(parsed.file(), parsed.tokens().stream().map(Token::span).toList());
  }
}

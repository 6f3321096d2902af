package io.windhover.codegen.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Builds the text of one Java file: indents by braces, collects imports, wraps long lines.
///
/// Code is written as Java text with two additions. A type name stands in backquotes: either one of
/// [JavaNames#LIBRARY] (`` `List` ``) or a qualified name (`` `com.example.Order` ``). It becomes
/// the simple name with an import where that is unambiguous, else the qualified name. And `¦` marks
/// where a line that is too long may break: all such places at once, but for those in a group
/// between `⟦` and `⟧`, which break only if the group itself is too long. At a `¶` it breaks only
/// where it has to, so that lines get full.
public final class JavaSource {
  private static final int MAX_COLUMNS = 120;
  private static final String INDENT = "  ";
  private static final String CONTINUATION = "    ";
  private static final char TYPE = '`';
  private static final char BREAK = '¦';
  private static final char FILL = '¶';
  private static final char GROUP = '⟦';
  private static final char GROUP_END = '⟧';

  /// A text, a type or a comment, or else the name of a variable: no method, called or referred to,
  /// no member of anything but an object of the class itself, no word of the language that could
  /// begin a package too.
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\"(?:\\\\.|[^\"\\\\])*\"|`[^`]*`|//.*"
              + "|(?<!\\w|::|(?<!\\b(?:this|that|copy|into|message))\\.)(?!(?:permits|record|sealed|var|when|yield)\\b)"
              + "(?<name>[a-z]\\w*+)(?!\\()");

  private final String header;
  private final String packageName;
  private final Set<String> packageTypes;
  private final Set<String> hidden;
  private final Set<String> packageRoots;
  private final Map<String, String> library;
  private final Map<String, String> typeNames = new HashMap<>();
  private final Map<String, String> imported = new HashMap<>();
  private final Set<String> imports = new TreeSet<>();
  private final Set<String> hiddenPackages = new TreeSet<>();
  private final StringBuilder body = new StringBuilder();
  private String indent = "";
  private boolean isVerbatim;

  /// Where in the body the declaration of the file's type begins.
  private int typeStart;

  /// @param header the first line
  /// @param packageTypes simple names of all types of the package, this one included
  /// @param hidden simple names that mean something else in this file, such as nested types
  /// @param packageRoots names that neither variables nor imported types may have: see
  ///   [TypeNames#packageRoots]
  public JavaSource(
      String header,
      String packageName,
      Set<String> packageTypes,
      Set<String> hidden,
      Set<String> packageRoots) {
    this(header, packageName, packageTypes, hidden, packageRoots, JavaNames.LIBRARY);
  }

  /// The same with other library types than those of Thrift.
  ///
  /// @param library qualified names by simple ones
  public JavaSource(
      String header,
      String packageName,
      Set<String> packageTypes,
      Set<String> hidden,
      Set<String> packageRoots,
      Map<String, String> library) {
    this.header = header + "\n";
    this.packageName = packageName;
    this.packageTypes = packageTypes;
    this.hidden = new HashSet<>(hidden);
    this.packageRoots = packageRoots;
    this.library = library;
  }

  /// Emits code in which no variable is renamed, since users see the names.
  public void verbatim(Runnable code) {
    isVerbatim = true;
    code.run();
    isVerbatim = false;
  }

  /// Returns a name for a nested type that means nothing else in the file, nor will.
  public String freeTypeName(String wanted) {
    var name = wanted;
    while (packageTypes.contains(name)
        || hidden.contains(name)
        || imported.containsKey(name)
        || packageRoots.contains(name)) {
      name += "_";
    }
    hidden.add(name);
    return name;
  }

  /// Appends lines of code. A line that ends with `{` indents what follows, one that starts with
  /// `}` ends that.
  public void code(String lines) {
    if (lines.indexOf('\n') < 0) {
      codeLine(lines);
    } else {
      lines.lines().forEach(this::codeLine);
    }
  }

  /// Emits code one level deeper: what stands behind a label.
  public void indented(Runnable code) {
    indent += INDENT;
    code.run();
    indent = indent.substring(INDENT.length());
  }

  /// Appends a method, on one line if it fits there: for accessors and the like.
  ///
  /// @param head what stands before the brace
  /// @param statements each with its semicolon
  public void method(String head, String... statements) {
    var line = "%s { %s }".formatted(head, String.join(" ", statements));
    if (fits(indent, plain(resolved(line)))) {
      code(line);
    } else {
      code(head + " {");
      code(String.join("\n", statements));
      code("}");
    }
  }

  /// Appends an empty line, unless there is one.
  public void blank() {
    if (body.length() < 2 || body.charAt(body.length() - 2) != '\n') {
      body.append('\n');
    }
  }

  /// Appends the comment of an IDL as a Markdown doc comment; nothing if there is none.
  public void doc(List<String> lines) {
    for (var line : lines) {
      body.append((indent + "/// " + DocText.escape(line)).stripTrailing()).append('\n');
    }
  }

  /// Appends the comment of a field as that of a parameter.
  public void parameterDoc(String name, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      var text = DocText.escape(lines.get(i));
      docText(i == 0 ? "@param " + name + " " + text : "  " + text);
    }
  }

  /// Appends a doc comment of our own.
  public void docText(String line) {
    body.append((indent + "/// " + line).stripTrailing()).append('\n');
  }

  /// Whether a character means something here and so must be written in another way.
  public static boolean isMark(char c) {
    return c == TYPE || isLayout(c);
  }

  /// Returns the whole file.
  public String text() {
    return text("", "", "");
  }

  /// Returns the whole file with a mark before the line behind the imports, before that of the
  /// type, and before the last.
  public String text(String imports, String type, String members) {
    var marked = new StringBuilder(body);
    marked.insert(body.lastIndexOf("}"), members);
    marked.insert(typeStart, type);
    return head(imports) + marked;
  }

  private String head(String behindImports) {
    var text = new StringBuilder(header);
    text.append("package ").append(packageName).append(";\n\n");
    imports.forEach(name -> text.append("import ").append(name).append(";\n"));
    text.append(behindImports);
    if (!imports.isEmpty()) {
      text.append('\n');
    }
    return text.toString();
  }

  private void codeLine(String template) {
    var line = resolved(template);
    if (line.stripLeading().startsWith("}")) {
      indent = indent.substring(INDENT.length());
    }
    boolean opens = line.endsWith("{");
    if (opens && indent.isEmpty()) {
      typeStart = body.length();
    }
    if (line.isBlank()) {
      blank();
    } else {
      wrap(line, indent);
    }
    if (opens) {
      indent += INDENT;
    }
  }

  private String resolved(String template) {
    return withTypeNames(
        isVerbatim || packageRoots.isEmpty() ? template : withoutPackageRoots(template));
  }

  /// Renames variables of generated code that have the name of a package. Users' names have no `_`
  /// in front.
  private String withoutPackageRoots(String template) {
    return VARIABLE
        .matcher(template)
        .replaceAll(
            it -> {
              var name = it.group("name");
              return Matcher.quoteReplacement(
                  name != null && packageRoots.contains(name) ? "_" + name : it.group());
            });
  }

  /// Replaces what stands in backquotes.
  private String withTypeNames(String template) {
    int open = template.indexOf(TYPE);
    if (open < 0) {
      return template;
    }
    var line = new StringBuilder(template.length());
    int end = 0;
    while (open >= 0) {
      int close = template.indexOf(TYPE, open + 1);
      line.append(template, end, open);
      line.append(typeNames.computeIfAbsent(template.substring(open + 1, close), this::typeName));
      end = close + 1;
      open = template.indexOf(TYPE, end);
    }
    return line.append(template, end, template.length()).toString();
  }

  /// Breaks at the outermost marks if the line is too long, and then the parts at theirs.
  private void wrap(String line, String indent) {
    var whole = plain(line);
    if (fits(indent, whole)) {
      append(indent, whole);
      return;
    }
    var parts = split(line);
    if (parts.size() == 1) {
      fill(line, indent);
      return;
    }
    var next = indent + CONTINUATION;
    var first = parts.getFirst();
    append(indent, plain(first).stripTrailing());
    var rest = line.substring(first.length() + 1);
    var restWhole = plain(rest);
    if (first.endsWith("(") && fits(next, restWhole)) {
      append(next, restWhole);
      return;
    }
    parts.stream().skip(1).forEach(part -> wrap(part.stripTrailing(), next));
  }

  /// Returns a line without its marks.
  private static String plain(String line) {
    int from = 0;
    while (from < line.length() && !isLayout(line.charAt(from))) {
      from++;
    }
    if (from == line.length()) {
      return line;
    }
    var text = new StringBuilder(line.length()).append(line, 0, from);
    for (int i = from + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (!isLayout(c)) {
        text.append(c);
      }
    }
    return text.toString();
  }

  /// Whether a character says where lines may break.
  private static boolean isLayout(char c) {
    return c == BREAK || c == FILL || c == GROUP || c == GROUP_END;
  }

  /// Breaks only where it has to.
  private void fill(String line, String indent) {
    var full = new StringBuilder();
    for (var part : line.split(String.valueOf(FILL), -1)) {
      var piece = plain(part);
      if (!full.isEmpty() && !fits(indent, full + piece.stripTrailing())) {
        append(indent, full.toString().stripTrailing());
        full.setLength(0);
      }
      full.append(piece);
    }
    append(indent, full.toString());
  }

  /// Splits at the marks that are in no group or, if there are none, at those in the groups.
  private static List<String> split(String line) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < line.length(); i++) {
      switch (line.charAt(i)) {
        case GROUP -> depth++;
        case GROUP_END -> depth--;
        case BREAK -> {
          if (depth == 0) {
            parts.add(line.substring(from, i));
            from = i + 1;
          }
        }
        default -> {}
      }
    }
    parts.add(line.substring(from));
    boolean isOneGroup = parts.size() == 1 && line.indexOf(GROUP) >= 0;
    return isOneGroup ? split(withoutOuterGroups(line)) : parts;
  }

  private static String withoutOuterGroups(String line) {
    var text = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean isOuter = (c == GROUP && depth++ == 0) || (c == GROUP_END && --depth == 0);
      if (!isOuter) {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean fits(String indent, String line) {
    return indent.length() + line.length() <= MAX_COLUMNS;
  }

  private void append(String indent, String line) {
    body.append(indent).append(line).append('\n');
  }

  private String typeName(String marked) {
    var qualified = library.getOrDefault(marked, marked);
    int dot = qualified.lastIndexOf('.');
    var simple = qualified.substring(dot + 1);
    if (hidden.contains(simple)) {
      return inFull(qualified);
    }
    if (qualified.equals(packageName + "." + simple)) {
      return simple;
    }
    if (packageRoots.contains(simple) || packageTypes.contains(simple)) {
      return inFull(qualified);
    }
    var first = imported.putIfAbsent(simple, qualified);
    if (first != null && !first.equals(qualified)) {
      return inFull(qualified);
    }
    if (!qualified.equals("java.lang." + simple)) {
      imports.add(qualified);
    }
    return simple;
  }

  private String inFull(String qualified) {
    var root = JavaNames.root(qualified);
    if (hidden.contains(root) || packageTypes.contains(root)) {
      hiddenPackages.add(root);
    }
    return qualified;
  }

  /// Returns the first parts of packages that the file would have to name, but that mean something
  /// else in it: what is written does not compile.
  public Set<String> hiddenPackages() {
    return hiddenPackages;
  }
}

package io.windhover.proto;

import io.windhover.proto.ast.Document;
import io.windhover.proto.ast.Edition;
import io.windhover.proto.ast.Import;
import io.windhover.proto.parser.StandardFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A `.proto` file.
public final class ProtoFile {

  /// With what the names of files begin that are at hand everywhere.
  public static final String STANDARD_FOLDER = StandardFiles.FOLDER;

  private final Document syntax;
  private final List<Imported> imports = new ArrayList<>();
  private final List<MessageType> messages = new ArrayList<>();
  private final List<EnumType> enums = new ArrayList<>();
  private final List<Field> extensions = new ArrayList<>();
  private final List<Service> services = new ArrayList<>();
  private Options options = Options.NONE;
  private Features features;

  /// An import and the file it leads to.
  public record Imported(Import syntax, ProtoFile file) {
    public boolean isPublic() {
      return syntax.kind() == Import.Kind.PUBLIC;
    }
  }

  ProtoFile(Document syntax) {
    this.syntax = syntax;
    this.features = Features.of(syntax.edition());
  }

  public Document syntax() {
    return syntax;
  }

  /// By which other files import it, such as `google/protobuf/any.proto`.
  public String name() {
    return syntax.file().name();
  }

  /// Whether it is one of those that are at hand everywhere, by its name. Others under
  /// `google/protobuf/`, such as the tests of Protobuf's own, are files like any.
  public boolean isStandard() {
    return StandardFiles.names().contains(name());
  }

  /// Empty if it has none.
  public String packageName() {
    return syntax.packageName().map(it -> it.name().text()).orElse("");
  }

  public Edition edition() {
    return syntax.edition();
  }

  public List<Imported> imports() {
    return Collections.unmodifiableList(imports);
  }

  /// Those at the top of the file, groups of extensions among them.
  public List<MessageType> messages() {
    return Collections.unmodifiableList(messages);
  }

  public List<EnumType> enums() {
    return Collections.unmodifiableList(enums);
  }

  /// Extensions that stand in no message.
  public List<Field> extensions() {
    return Collections.unmodifiableList(extensions);
  }

  public List<Service> services() {
    return Collections.unmodifiableList(services);
  }

  public Options options() {
    return options;
  }

  public Features features() {
    return features;
  }

  /// The full name of what is called so at the top of the file.
  String fullName(String name) {
    return packageName().isEmpty() ? name : packageName() + "." + name;
  }

  void add(Imported imported) {
    imports.add(imported);
  }

  void add(MessageType message) {
    messages.add(message);
  }

  void add(EnumType type) {
    enums.add(type);
  }

  void addExtension(Field extension) {
    extensions.add(extension);
  }

  void add(Service service) {
    services.add(service);
  }

  void setOptions(Options options) {
    this.options = options;
  }

  void setFeatures(Features features) {
    this.features = features;
  }

  @Override
  public String toString() {
    return name();
  }
}

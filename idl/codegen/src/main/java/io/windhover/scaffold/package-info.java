/// New service projects, and what a change of the IDL adds to their handlers.
///
/// Start at [io.windhover.scaffold.Project]. Methods are read off the generated interfaces with the
/// JDK's own parser, and so are those that a handler has; whatever a person wrote stays as it is.
package io.windhover.scaffold;

/// The syntax tree as JSON, for tools in other languages. Start at
/// [io.windhover.idl.dump.SyntaxJson]; the form is described in `docs/guides/tools.md`.
package io.windhover.idl.dump;

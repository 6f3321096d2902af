/// The linter of `.proto` files: what the language allows, but its users come to regret.
///
/// Start at [io.windhover.proto.lint.Linter]. It sees files that the compiler has taken. Its rules
/// are in [io.windhover.proto.rule.ProtoRule].
package io.windhover.proto.lint;

/// What annotations mean to the tools around Thrift: HTTP (`api.*`), validation (`vt.*`),
/// streaming.
///
/// Start at [AnnotationChecker]. The compiler itself gives no annotation a meaning; this package
/// warns of those that a tool would stumble over. It sees syntax, and of a field's type its
/// [Shape].
package io.windhover.idl.annotation;
